package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the reports of calls that have not ended. Thread-safe. */
public interface CallReports {

  /** A hook remarked on something, or misses a field in a log. */
  void remarked(HookWarning remark);

  /**
   * A call has looked which of the logs that its hook requires the directory has.
   *
   * @param token that of the claim of the batch
   */
  void sighted(Call call, long token, LogSighting sighting);

  /**
   * A log is damaged, or does not have the type or the fields that hooks expect.
   *
   * @param hooks the ids of the hooks that read it together
   */
  void damaged(ReadReport report, List<String> hooks);

  /**
   * A thread hangs in a hook and was given up.
   *
   * @param directory the batch's directory; null at EXIT
   */
  void hung(String hook, @Nullable Path directory);
}
