/**
 * Parts, the sorted facts of calls, and their merging for windows; bytes and files only, without
 * the ledger. {@code docs/windows.md} has the words.
 */
@NullMarked
package io.longline.host.window;

import org.jspecify.annotations.NullMarked;
