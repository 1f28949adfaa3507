/** What several detection plugins need: sets of addresses, allow lists, tables of indicators. */
@NullMarked
package io.longline.detections;

import org.jspecify.annotations.NullMarked;
