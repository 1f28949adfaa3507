/**
 * Classes that use package-private classes of Tika, and so share its package; see {@code
 * FilteredMagic}.
 */
@NullMarked
package org.apache.tika.mime;

import org.jspecify.annotations.NullMarked;
