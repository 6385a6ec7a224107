/** Every fix over its golden texts. */
import './support/fix-suite.ts';
