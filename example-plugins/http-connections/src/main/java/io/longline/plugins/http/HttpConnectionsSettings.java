package io.longline.plugins.http;

import io.longline.api.Setting;

/**
 * The settings of this plugin.
 *
 * @param readable whether there are columns that a person reads, behind those of BroAPT
 */
public record HttpConnectionsSettings(
    @Setting(
            description = "Add the columns uid, status, host and user_agent, in plain text.",
            defaultValue = "false")
        boolean readable) {}
