/** What detections have found, read from the log of findings, and the report that is made of it. */
@NullMarked
package io.longline.host.report;

import org.jspecify.annotations.NullMarked;
