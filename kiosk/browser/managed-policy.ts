/**
 * What an administrator forbids Chromium, as the package installs it below /etc/chromium/policies/managed. It holds for
 * every Chromium on the machine, so a kiosk's machine has no other use. Names as chromeenterprise.google/policies has
 * them.
 *
 * DeveloperToolsAvailability is not among them: to forbid the developer tools blinds whoever keeps the screen, too. What
 * opens them are keys and a menu, which the page never gets to see.
 */
export const managedPolicy = {
  URLBlocklist: ['*'],
  URLAllowlist: ['http://127.0.0.1', 'http://localhost', 'data:*'],
  IncognitoModeAvailability: 1,
  BrowserSignin: 0,
  SyncDisabled: true,
  BookmarkBarEnabled: false,
  EditBookmarksEnabled: false,
  PrintingEnabled: false,
  DownloadRestrictions: 3,
  AllowFileSelectionDialogs: false,
  TranslateEnabled: false,
  SpellcheckEnabled: false,
  SearchSuggestEnabled: false,
  PasswordManagerEnabled: false,
  AutofillAddressEnabled: false,
  AutofillCreditCardEnabled: false,
  BackgroundModeEnabled: false,
  MetricsReportingEnabled: false,
  ExtensionInstallBlocklist: ['*'],
  DefaultPopupsSetting: 2,
  DefaultNotificationsSetting: 2,
  DefaultGeolocationSetting: 2,
  DefaultSensorsSetting: 2,
  DefaultSerialGuardSetting: 2,
  DefaultWebUsbGuardSetting: 2,
  DefaultWebBluetoothGuardSetting: 2,
  DefaultWebHidGuardSetting: 2,
  DefaultFileSystemReadGuardSetting: 2,
  DefaultFileSystemWriteGuardSetting: 2,
  AudioCaptureAllowed: false,
  VideoCaptureAllowed: false,
  ScreenCaptureAllowed: false,
} as const;
