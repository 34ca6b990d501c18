/**
 * User settings of the windows that tests and screenshots open, each with its reason.
 * @type {Readonly<Record<string, unknown>>}
 */
export const workbenchSettings = {
  // The welcome page would cover the editor area and take the focus.
  'workbench.startupEditor': 'none',
  // A sticky row repeats a tree row: a locator would find two.
  'workbench.tree.enableStickyScroll': false,
  // A preview editor is replaced by the next one that is opened.
  'workbench.editor.enablePreview': false,
  // The secondary side bar opens with the chat and leaves little room for the editor.
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  // Menus and hovers must not move while they are clicked.
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  // Nothing may be asked for over the network.
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'npm.fetchOnlinePackageInfo': false,
  // The sample tenant's ports are on this machine already.
  'remote.autoForwardPorts': false,
  // Git and its views would look at the repository that contains the test folder.
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  // The "open in the browser?" question is the product's own business where it has one; the workbench's comes on top.
  'workbench.trustedDomains.promptInTrustedWorkspace': false,
  // Save and open dialogs of the workbench itself, which a browser shows in any case; said for desktop runs.
  'files.simpleDialog.enable': true,
  // Deterministic pictures.
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
};
