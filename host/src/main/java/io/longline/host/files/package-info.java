/**
 * Files and folders that are the program's own: made with modes that do not depend on the umask,
 * opened without following symbolic links, and deleted relative to a folder that was checked.
 *
 * <p>{@link io.longline.host.files.OpenFolder} is the entry point. Nothing here is shared between
 * threads unless its class says so.
 */
@NullMarked
package io.longline.host.files;

import org.jspecify.annotations.NullMarked;
