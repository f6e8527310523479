/**
 * What can be set, who has set it, and to what. {@link spyglass.config.Catalogue} lists the settings,
 * {@link spyglass.config.Sources} puts defaults, environment, files and command line in their order,
 * and a {@link spyglass.config.Configuration} is the outcome, checked.
 */
@NullMarked
package spyglass.config;

import org.jspecify.annotations.NullMarked;
