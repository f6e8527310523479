/**
 * The AOT cache of an app: whether there is one that fits, how a worker records, and how a recording
 * becomes a cache. What a lookout and a master use of it is plain and small.
 */
@NullMarked
package spyglass.training;

import org.jspecify.annotations.NullMarked;
