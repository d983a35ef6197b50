/**
 * One line on stderr per message of {@link java.lang.System.Logger}, quiet unless asked.
 *
 * <p>Any thread; a line is written in one call. Owns nothing but the level. May touch nothing but
 * {@code java.*}.
 */
package io.weir.log;
