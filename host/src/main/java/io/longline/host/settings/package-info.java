/**
 * Settings: what is declared, what people wrote where, and the values that come of it. It knows
 * nothing of what the settings are for.
 */
@NullMarked
package io.longline.host.settings;

import org.jspecify.annotations.NullMarked;
