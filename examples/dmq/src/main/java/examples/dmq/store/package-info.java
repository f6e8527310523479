/**
 * Where records lie: a ring in memory, and files of frames for what has to outlive it or finds no room in
 * it. Nothing here knows of clients.
 */
@NullMarked
package examples.dmq.store;

import org.jspecify.annotations.NullMarked;
