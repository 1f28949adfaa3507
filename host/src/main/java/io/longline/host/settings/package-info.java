/**
 * The machinery of settings: declarations, what people have written and where, and the values made
 * of it. It does not know what the settings mean. Start with {@code SettingSpec} and {@code
 * SettingReader}.
 */
@NullMarked
package io.longline.host.settings;

import org.jspecify.annotations.NullMarked;
