package io.longline.host.output;

/**
 * Committed bytes of the journal, and their place in a file. Immutable.
 *
 * @param number in the order of commit since the journal was emptied, starting at 1
 * @param name the file, relative to the output folder
 * @param position where they start in the file, in bytes
 * @param length the number of bytes
 * @param journalPosition where they start in the journal, in bytes
 * @param checksum CRC-32 of the bytes
 */
public record Append(
    long number, String name, long position, long length, long journalPosition, long checksum) {}
