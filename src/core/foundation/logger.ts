/** The log as core sees it; the host backs it with a `LogOutputChannel`. Never give it a token or secret. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** A logger that puts `[prefix]` before each line, and keeps a server from forging lines with line breaks. */
export function withPrefix(logger: Logger, prefix: string): Logger {
  const line = (message: string): string => `[${prefix}] ${message.replace(/[\r\n]+/g, ' ⏎ ')}`;
  return {
    trace: (message) => logger.trace(line(message)),
    debug: (message) => logger.debug(line(message)),
    info: (message) => logger.info(line(message)),
    warn: (message) => logger.warn(line(message)),
    error: (message, error) => logger.error(line(message), error),
  };
}

/** A logger that drops everything; for tests and for code that runs without a host. */
export const silentLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
