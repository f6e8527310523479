package spyglass.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a {@link Protocol} is called and what it can be told. It is an annotation and not a method
 * because it is read before anything listens, and no code of a user's jar runs then.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Provides {

  /** What {@code --protocol} calls it: lower case letters, digits and hyphens. */
  String name();

  /** One sentence for {@code spyglass help}. */
  String about();

  /** The names of protocols that must be there and be started first. */
  String[] needs() default {};

  /** What it can be told with {@code --option NAME.OPTION=VALUE}. */
  Option[] options() default {};

  /** One thing that a protocol can be told. */
  @Documented
  @Target({})
  @Retention(RetentionPolicy.RUNTIME)
  @interface Option {

    /** Lower case letters, digits and hyphens. */
    String name();

    /** What it is unless told. */
    String value();

    /** One sentence for {@code spyglass help}. */
    String about();
  }
}
