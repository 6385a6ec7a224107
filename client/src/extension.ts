/** The VS Code extension: starts the language server and draws what LSP cannot. */
export {};
