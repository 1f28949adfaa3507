package io.longline.host.project;

/** The kinds of hooks that a project can be started with; each has a folder of templates. */
enum HookTemplate {
  /** A record hook that writes a row for each record of a log whose columns are known. */
  RECORD_ROWS("record-rows", "io.longline.api.RecordHook"),

  /** A record hook that counts the records of any log. */
  RECORD_COUNT("record-count", "io.longline.api.RecordHook"),

  /** A record hook with windows that counts the records of any log by day. */
  WINDOW_COUNT("window-count", "io.longline.api.RecordHook");

  private final String folder;
  private final String service;

  HookTemplate(String folder, String service) {
    this.folder = folder;
    this.service = service;
  }

  /** The interface at the site HOOK that the hook implements. */
  String service() {
    return service;
  }

  /** The class of the hook. */
  Template hook() {
    return Template.in(folder + "/Hook.java");
  }

  /** The test of the hook. */
  Template test() {
    return Template.in(folder + "/HookTest.java");
  }
}
