/** What must lie beside Tika's own classes to see them; see {@code FilteredMagic}. */
@NullMarked
package org.apache.tika.mime;

import org.jspecify.annotations.NullMarked;
