package io.longline.plugins.files;

import io.longline.api.Setting;

/**
 * The settings of this plugin.
 *
 * @param packDays whether the files of a day are packed and removed when the day is over
 * @param maxFiles how many files of a directory are described
 * @param day the day by which the file of the output is named
 */
public record ExtractedFilesSettings(
    @Setting(
            description =
                "Pack the files of a day into YYYY-MM-DD.tar.gz when the day is over, and remove them.",
            defaultValue = "false")
        boolean packDays,
    @Setting(
            description =
                "Describe this many files of a directory; of more, a remark says how many.",
            defaultValue = "1000000",
            min = "1")
        int maxFiles,
    @Setting(
            description =
                "Name the files of the output by the day of processing, or by that of each record.",
            defaultValue = "processing")
        OutputDay day) {}
