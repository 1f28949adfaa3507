package io.longline.host.ledger;

import java.nio.file.Path;

/**
 * A batch that ended as unavailable. Immutable.
 *
 * @param directory its log directory; the root of the file system if that cannot be expressed here
 * @param why the reason, as a sentence
 */
public record UnavailableBatch(Path directory, String why) {}
