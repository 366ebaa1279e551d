/** The live page. */
export const PAGE = '<!doctype html><title>Maileon sandbox</title>';
