import '../common/tokens.css';
