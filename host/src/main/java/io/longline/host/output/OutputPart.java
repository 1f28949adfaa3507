package io.longline.host.output;

import io.longline.zeek.LogSchema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A part of the output of a call, on its way from one process to another. The array belongs to the
 * owner of the part.
 *
 * @param name the output's name
 * @param isDaily whether the output has a file for each day
 * @param day the day of the file, if the hook chose it; null if not
 * @param schema the schema of its rows, in the first part of an output; null in other parts and for
 *     lines
 * @param bytes the bytes to append; empty if the output was only opened
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
public record OutputPart(
    String name,
    boolean isDaily,
    @Nullable LocalDate day,
    @Nullable LogSchema schema,
    byte[] bytes) {}
