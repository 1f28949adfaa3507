package io.longline.host.cli.cut;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the command reads and writes. Immutable.
 *
 * @param in a log, if no file is named
 * @param out the columns
 * @param complaints takes sentences about logs that are damaged or cannot be read
 * @param environment the environment variables, for the format of times
 */
public record CutStreams(
    InputStream in,
    OutputStream out,
    Consumer<String> complaints,
    Map<String, String> environment) {}
