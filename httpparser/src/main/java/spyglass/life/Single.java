package spyglass.life;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Borne by an app or a protocol whose state is in its memory, so that there must be one worker and never
 * two at once: not on a reload either, where the new one is started when the old one has gone, and
 * visitors wait that long. It is an annotation because it is read before anything runs.
 *
 * <p>The server keeps this promise with a lock on a file in the data folder, which the kernel frees when
 * a process dies, of whatever cause. So it holds for two servers with one data folder too. The app must not open that file ({@code
 * NAME.lock}) itself: closing it would free the lock.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Single {}
