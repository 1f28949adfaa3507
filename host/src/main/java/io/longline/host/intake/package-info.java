/**
 * Finds log directories: below paths that a user names ({@link
 * io.longline.host.intake.DirectoryFinder}), and by watching folders ({@link
 * io.longline.host.intake.WatchThread}). Confined to one thread but for the latter.
 */
@NullMarked
package io.longline.host.intake;

import org.jspecify.annotations.NullMarked;
