package io.longline.plugins.http;

import io.longline.api.Setting;

/**
 * The settings of this plugin.
 *
 * @param readable whether there are columns that a person reads, behind those of BroAPT
 * @param day the day by which the file of the output is named
 */
public record HttpConnectionsSettings(
    @Setting(
            description = "Add the columns uid, status, host and user_agent, in plain text.",
            defaultValue = "false")
        boolean readable,
    @Setting(
            description =
                "Name the files of the output by the day of processing, or by that of each record.",
            defaultValue = "processing")
        OutputDay day) {}
