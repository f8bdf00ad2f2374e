/** YAML to typed values. A step owns its settings record and reads it here; all problems are told together. */
@NullMarked
package io.faultline.settings;

import org.jspecify.annotations.NullMarked;
