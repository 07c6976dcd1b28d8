package macroscope.report;

/** What a reader has to know to read a report, as HTML. */
final class Notes {

  static final String FRONTS =
      "A front holds the designs that no other design of the same network in the same technology"
          + " beats in both quantities. Prices of different technologies are never mixed. Labels read"
          + " <em>weights \u00d7 activations \u00b7 unit</em>, one format where both are equal; a scale"
          + " for each channel of the weights and each token of the activations goes without saying."
          + " L: products of a pass, F: fraction bits kept when terms are aligned, acc: accumulator"
          + " bits, G: activations that share a table scale, T: tables of a call.";

  static final String EXPLORER =
      "Point at a mark to see what it is. A click on a family hides or shows it; a drag along an axis of the"
          + " lower chart keeps the designs that cross it there, a click on the axis frees it. The black"
          + " line is the front of what is shown. The table of all points is filtered alike. In the lower"
          + " chart up is better on every axis.";

  static final String LIMITS =
      "For every network and technology the cheapest of those designs that hold the limits. A limit is"
          + " held by an estimate, so the last column says whether it is held by two standard errors.";

  static final String HYPERVOLUME =
      "The hypervolume (Zitzler and Thiele 1998) is the part of a box that a front dominates: 1 would be a"
          + " design that has the best of both. The box reaches from the best values of the front's"
          + " points to its reference, a tenth of their range beyond the worst; quantities are taken as"
          + " the charts draw them, as logarithms where those are logarithmic. It compares fronts of equal"
          + " boxes only: <code>macroscope diff</code> puts those of two runs into one.";

  static final String POINTS =
      "Shaded rows are on a front. Click a head to sort. Numbers with nine digits, energy and area by"
          + " purpose and full digests of the logits are in points.csv.";

  static final String UNITS =
      "Every product with a weight, the first and the last layer included, runs through the unit bit"
          + " for bit, in the order of passes that the unit has; scales that the unit does not apply"
          + " itself are applied in binary32 as kernels do it, and charged where a group of K has its own"
          + " scale. All else runs in double precision. A"
          + " K that is no multiple of the unit's length is padded with zeros. The K of a convolution"
          + " runs over channel, kernel row, kernel column, in this order, which truncating units"
          + " see.";

  static final String STATISTICS =
      "<p>Test samples are a draw from all possible ones, so a metric of the task has a standard error,"
          + " shown after \u00b1 and as bars. All designs saw the same samples, so two of them can be told"
          + " apart better than their bars suggest: what counts is the paired difference to the float"
          + " run, the columns <code>_delta</code>. The last columns of a front's table say what each"
          + " member gains over the next cheaper one and whether that exceeds two standard errors; they"
          + " take the paired errors of both as independent, which errs on the safe side as long as"
          + " these are not anticorrelated. A member whose gain is within noise may be on the front by"
          + " chance, and the point with the best metric of many is better than it looks. Sampling of"
          + " the training is not covered: these are statements about these networks.</p>\n"
          + "<p>Accuracy saturates and is coarse: 1,000 images at 98\u00a0% have a standard error of 0.4"
          + " points. Negative log-likelihood uses every sample's probability and tells more.</p>\n";

  static final String PRICES =
      "What a technology has no price for is not available there; nothing is taken as zero. Rows in"
          + " red are from memory and bear no weight: do not rest a conclusion on them.";

  static final String SEARCHES =
      "A search gives each layer one of the designs. <em>measured</em>: allocations run on all samples;"
          + " <em>measured besides</em>: single layers and runs on few samples. The hypervolume is the part"
          + " of a box, spanned by all points of this page for the same network, that a search's front"
          + " dominates, in the axes of the charts. Sensitivities and what integer programs expect are"
          + " sums of single layers; the quality beside them is measured with all layers together.";

  private Notes() {}
}
