package io.longline.zeek;

/** The format of a log: TSV with its markers, or one JSON object a line. Immutable. */
public sealed interface LogFormat permits TsvFormat, JsonFormat {}
