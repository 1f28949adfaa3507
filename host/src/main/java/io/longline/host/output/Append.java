package io.longline.host.output;

/**
 * Bytes of the journal that were committed, and the place in a file where they go. Immutable.
 *
 * @param number in the order of commit since the journal was emptied, starting at 1
 * @param name the file, relative to the output folder
 * @param position where they start in it, in bytes
 * @param length how many bytes
 * @param journalPosition where they start in the journal, in bytes
 * @param checksum CRC-32 of the bytes
 */
public record Append(
    long number, String name, long position, long length, long journalPosition, long checksum) {}
