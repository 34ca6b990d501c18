// The README as it is packaged: VS Code shows it on the extension's page, where files of the repository are not at hand.

/**
 * Leaves out the paragraphs and tables that hold pictures of the repository, and turns links into the repository into
 * plain text. Links to the web stay.
 * @param {string} markdown
 */
export function packagedReadme(markdown) {
  return markdown
    .split(/\n{2,}/)
    .filter((block) => !/!\[[^\]]*\]\((?!https:)/.test(block))
    .join('\n\n')
    .replaceAll(/(?<!!)\[([^\]]+)\]\((?!https?:|#|mailto:|command:)[^)]+\)/g, '$1');
}
