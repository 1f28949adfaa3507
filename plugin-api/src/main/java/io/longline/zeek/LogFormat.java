package io.longline.zeek;

/** How a log is written down: as TSV with markers, or as one JSON object a line. Immutable. */
public sealed interface LogFormat permits TsvFormat, JsonFormat {}
