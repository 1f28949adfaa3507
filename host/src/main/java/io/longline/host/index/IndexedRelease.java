package io.longline.host.index;

/**
 * A version of a plugin in an index. Immutable.
 *
 * @param version the version
 * @param date when it was released, as the index says; may be empty
 * @param url where its jar is, a path relative to the index that does not leave its folder
 * @param sha256 the hash of the jar, 64 hexadecimal digits in lower case
 * @param size of the jar, in bytes
 * @param requires the versions of plugin-api that it fits; empty for any
 */
public record IndexedRelease(
    String version, String date, String url, String sha256, long size, String requires) {}
