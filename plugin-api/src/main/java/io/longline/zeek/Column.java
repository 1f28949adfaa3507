package io.longline.zeek;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the column of a log that a component of a Java record stands for; see {@link TypedReader}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {

  /** The column's name, such as {@code id.orig_h}; the component's own name if empty. */
  String value() default "";

  /**
   * The type to declare when the column is written, such as {@code port}; that of the Java type if
   * empty.
   */
  String type() default "";
}
