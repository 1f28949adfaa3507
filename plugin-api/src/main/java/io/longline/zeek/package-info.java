/**
 * Reading and writing of Zeek (Bro) logs: TSV and JSON, plain, gzip and zstd.
 *
 * <p>Start at {@link io.longline.zeek.LogReader} to read and at {@link io.longline.zeek.LogWriter}
 * to write; {@link io.longline.zeek.LogFields} names the fields that are read. The package has two
 * layers: rows are found and split as bytes, without any object for a row; {@link
 * io.longline.zeek.LogRecord} is a view of the current row that makes values only when asked.
 * {@link io.longline.zeek.TypedReader} and {@link io.longline.zeek.TypedWriter} turn rows into Java
 * records and back. The package depends on the JDK alone and can be used without the host; only
 * zstd needs a library, zstd-jni, which the host brings.
 *
 * <p>Readers, writers, records and rows are confined to one thread at a time; all value types
 * (schemas, fields, types, formats, reports) are immutable.
 *
 * @since 0.1.0
 */
@NullMarked
package io.longline.zeek;

import org.jspecify.annotations.NullMarked;
