package io.longline.host.output;

import io.longline.zeek.LogSchema;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of what a call wrote to an output, on the way from one process to another. The array
 * belongs to whoever has the part.
 *
 * @param name the output's name
 * @param isDaily whether it has a file for each day
 * @param schema of its rows, in the first part of an output; null in others, and if it holds lines
 * @param bytes what is to be appended; may be nothing, then the output was only opened
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
public record OutputPart(String name, boolean isDaily, @Nullable LogSchema schema, byte[] bytes) {}
