package io.longline.plugins.files;

import io.longline.api.Setting;

/**
 * The settings of this plugin.
 *
 * @param packDays whether the files of a day are packed and removed when the day is over
 */
public record ExtractedFilesSettings(
    @Setting(
            description =
                "Pack the files of a day into YYYY-MM-DD.tar.gz when the day is over, and remove them.",
            defaultValue = "false")
        boolean packDays) {}
