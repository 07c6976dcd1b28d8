// Fixed point to a float code with sign and subnormals, rounded once; a result of zero is +0.
//
// The number is two's complement or unsigned; lowest_field is the exponent field of a float whose
// leading one is the number's lowest bit, and may lie below 1. All fields need FIELD_BITS bits with
// their sign, from the least lowest_field less 1 to the largest one plus BITS.
module normalise_round #(
  parameter BITS          = 20,
  parameter SIGNED        = 1,
  parameter EXPONENT_BITS = 8,
  parameter FRACTION_BITS = 23,
  // Fraction bits that are computed; those below are zero.
  parameter ROUNDED_BITS  = 23,
  // 1: to nearest, ties to even; 0: toward zero.
  parameter NEAREST       = 0,
  parameter FIELD_BITS    = 10,
  // Whether the number's highest bit may lie below the least exponent.
  parameter UNDERFLOWS    = 1,
  // Magnitude of the largest finite code, and what is beyond it.
  parameter [EXPONENT_BITS+FRACTION_BITS-1:0] LARGEST           = 0,
  parameter [EXPONENT_BITS+FRACTION_BITS:0]   POSITIVE_OVERFLOW = 0,
  parameter [EXPONENT_BITS+FRACTION_BITS:0]   NEGATIVE_OVERFLOW = 0
) (
  input         [BITS-1:0]                        number,
  input  signed [FIELD_BITS-1:0]                  lowest_field,
  output        [EXPONENT_BITS+FRACTION_BITS:0]   code
);
  // At least a guard bit and a bit below it, the sticky bit.
  localparam WIDE       = BITS > ROUNDED_BITS + 3 ? BITS : ROUNDED_BITS + 3;
  localparam PADDING    = WIDE - BITS;
  localparam COUNT_BITS = $clog2(BITS + 1);
  localparam DROPPED    = FRACTION_BITS - ROUNDED_BITS;
  localparam CODE_BITS  = FIELD_BITS + ROUNDED_BITS + 1;

  wire                  negative;
  wire [BITS-1:0]       magnitude;
  wire [COUNT_BITS-1:0] zeros;
  absolute #(.BITS(BITS), .SIGNED(SIGNED)) sign (
    .number(number), .negative(negative), .magnitude(magnitude));
  leading_zeros #(.BITS(BITS)) count (.word(magnitude), .count(zeros));

  // Exponent fields of the highest bit and of the highest one.
  wire signed [FIELD_BITS-1:0] top       = lowest_field + (BITS - 1);
  wire signed [FIELD_BITS-1:0] leading   = top - $signed({1'b0, zeros});
  wire                         subnormal = leading < 1;
  wire                         below     = top < 1;

  // The highest one moves to the top, but no further than the least exponent allows.
  wire [COUNT_BITS-1:0] left = !subnormal ? zeros : below ? {COUNT_BITS{1'b0}} : top - 1;
  wire [WIDE-1:0]       word;
  wire [WIDE-1:0]       normalised = word << left;
  wire [WIDE-1:0]       placed;
  wire                  lost;
  generate
    if (PADDING > 0) begin : pad
      assign word = {magnitude, {PADDING{1'b0}}};
    end else begin : full
      assign word = magnitude;
    end
    if (UNDERFLOWS != 0) begin : underflow
      wire [FIELD_BITS-1:0] right = below ? 1 - top : 0;
      wire [2*WIDE-1:0] shifted;
      shift_right #(.BITS(2*WIDE), .AMOUNT_BITS(FIELD_BITS), .ARITHMETIC(0)) denormalise (
        .word({normalised, {WIDE{1'b0}}}), .amount(right), .shifted(shifted));
      assign placed = shifted[2*WIDE-1:WIDE];
      assign lost   = |shifted[WIDE-1:0];
    end else begin : no_underflow
      assign placed = normalised;
      assign lost   = 1'b0;
    end
  endgenerate

  wire [ROUNDED_BITS:0] kept   = placed[WIDE-1 -: ROUNDED_BITS+1];
  wire                  guard  = placed[WIDE-ROUNDED_BITS-2];
  wire                  sticky = lost | (|placed[WIDE-ROUNDED_BITS-3:0]);
  wire                  up     = (NEAREST != 0) & guard & (sticky | kept[0]);

  // The hidden bit counts as one in the exponent field, and so does a carry out of the fraction.
  wire [FIELD_BITS-1:0] base    = subnormal ? {FIELD_BITS{1'b0}} : leading - 1;
  wire [CODE_BITS-1:0]  rounded = {1'b0, base, {ROUNDED_BITS{1'b0}}} + kept + up;

  wire nothing  = ~|magnitude | ~|rounded;
  wire overflow = rounded > (LARGEST >> DROPPED);
  wire [EXPONENT_BITS+FRACTION_BITS-1:0] fitted = rounded << DROPPED;
  assign code = nothing  ? {(EXPONENT_BITS + FRACTION_BITS + 1){1'b0}}
              : overflow ? (negative ? NEGATIVE_OVERFLOW : POSITIVE_OVERFLOW)
              : {negative, fitted};
endmodule
