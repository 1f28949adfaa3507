package org.example

import io.longline.api.HookContext
import io.longline.api.Interest
import io.longline.api.LogDirectory
import io.longline.api.RecordHook
import io.longline.api.RecordSink
import io.longline.zeek.LogFields
import io.longline.zeek.StringField

/** Writes who asked for which name. */
class Queries : RecordHook {
    override fun interest(): Interest = Interest.`in`(DNS)

    override fun open(logs: LogDirectory, context: HookContext): RecordSink {
        val lines = context.output("queries").lines()
        return RecordSink { record -> lines.line("${CLIENT.get(record)} ${QUERY.get(record)}") }
    }

    private companion object {
        val DNS: LogFields = LogFields.of("dns")
        val CLIENT: StringField = DNS.string("id.orig_h")
        val QUERY: StringField = DNS.optional().string("query")
    }
}
