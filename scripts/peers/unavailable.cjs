'use strict';

/** What is needed is not to be had: no Python, no Java, no package registry. */
class Unavailable extends Error {}

module.exports = { Unavailable };
