package io.longline.api.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for the names of hooks. Thread-safe. */
public final class HookName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private HookName() {}

  /** Whether a hook may have this name. */
  public static boolean isValid(@Nullable String name) {
    return name != null && NAME.matcher(name).matches();
  }
}
