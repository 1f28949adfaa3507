package io.longline.zeek;

/**
 * The format of a log: TSV with its markers, or one JSON object a line. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface LogFormat permits TsvFormat, JsonFormat {}
