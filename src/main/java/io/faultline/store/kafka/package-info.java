/** Incidents and rejected inputs for other programs. In: records. Out: Kafka records with a key and a JSON document. */
@NullMarked
package io.faultline.store.kafka;

import org.jspecify.annotations.NullMarked;
