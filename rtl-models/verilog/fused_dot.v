// Fused dot product of tensor cores: LENGTH exact products and the accumulator, a float, are aligned to
// the largest exponent among them, cut KEPT fraction bits below it, added exactly and rounded once.
// Twin of macroscope.unit.FusedDotUnit.
//
// A pass of LENGTH products enters each clock cycle. Inputs of a pass come at two times:
//   first, a, b               at the edge that takes them into registers;
//   addend, offset, scale_nan in the cycle behind that edge, at whose end sum is loaded.
// With first = 1 the pass starts a sum from addend, else it goes on with sum. PRODUCT_RANK = 1 puts a rank
// of registers behind the products: addend is then read, and sum loaded, a cycle later; offset and
// scale_nan belong to the products and are not. Element k lies at a[k*bits +: bits].
//
// Exponents are sums of exponent fields, X_BITS wide and signed: biases are taken off at the end, by the
// parameters whose names end in _X or _FIELD. fused_accumulator.v says what the C_ parameters are.
module fused_dot #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  // The exponent field that a zero counts as; ZERO_EXPONENT and SPECIALS are those of float_unpack.
  parameter A_ZERO_FIELD    = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  parameter B_ZERO_FIELD    = 0,
  parameter LENGTH          = 1,
  // Bits of an exponent.
  parameter X_BITS          = 10,
  // Whether a product of zero has an exponent that others are aligned to; else it has NONE_X.
  parameter ZEROS_COUNT     = 1,
  parameter NONE_X          = -512,
  parameter KEPT            = 13,
  parameter FLOOR           = 0,
  parameter LEAST_X         = -512,
  parameter PRODUCT_RANK    = 0,
  parameter C_EXPONENT_BITS = 8,
  parameter C_FRACTION_BITS = 23,
  parameter C_SPECIALS      = 1,
  parameter C_FIELD_X       = 0,
  parameter C_ZERO_X        = 0,
  parameter C_LOWEST_FIELD  = 0,
  parameter C_FIELD_BITS    = 11,
  parameter C_ROUNDED_BITS  = 23,
  parameter C_NEAREST       = 0,
  parameter C_UNDERFLOWS    = 1,
  parameter C_UNSTORED_BITS = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS-1:0] C_LARGEST           = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_POSITIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NEGATIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NAN               = 0,
  // Whether offset is added to the exponent of each product, and scale_nan makes NaN of the sum.
  parameter SCALED          = 0
) (
  input                                                          clk,
  input                                                          first,
  input  [LENGTH*(A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS)-1:0] a,
  input  [LENGTH*(B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS)-1:0] b,
  input  [LENGTH*X_BITS-1:0]                                     offset,
  input                                                          scale_nan,
  input  [C_EXPONENT_BITS+C_FRACTION_BITS:0]                     addend,
  output [C_EXPONENT_BITS+C_FRACTION_BITS:0]                     sum
);
  localparam A_BITS           = A_SIGNED + A_EXPONENT_BITS + A_FRACTION_BITS;
  localparam B_BITS           = B_SIGNED + B_EXPONENT_BITS + B_FRACTION_BITS;
  localparam PRODUCT_FRACTION = A_FRACTION_BITS + B_FRACTION_BITS;
  localparam PRODUCT_BITS     = PRODUCT_FRACTION + (A_EXPONENT_BITS != 0) + (B_EXPONENT_BITS != 0);

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH-1:0] negative, nan, positive_infinity, negative_infinity;
  wire [LENGTH*PRODUCT_BITS-1:0] significand;
  wire [LENGTH*X_BITS-1:0]       exponent;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      wire                     zero;
      wire signed [X_BITS-1:0] product_exponent;
      float_product #(
        .A_EXPONENT_BITS(A_EXPONENT_BITS), .A_FRACTION_BITS(A_FRACTION_BITS),
        .A_SIGNED(A_SIGNED), .A_ZERO_EXPONENT(A_ZERO_EXPONENT), .A_SPECIALS(A_SPECIALS),
        .A_ZERO_FIELD(A_ZERO_FIELD),
        .B_EXPONENT_BITS(B_EXPONENT_BITS), .B_FRACTION_BITS(B_FRACTION_BITS),
        .B_SIGNED(B_SIGNED), .B_ZERO_EXPONENT(B_ZERO_EXPONENT), .B_SPECIALS(B_SPECIALS),
        .B_ZERO_FIELD(B_ZERO_FIELD), .X_BITS(X_BITS)
      ) multiply (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .b(b_entered[k*B_BITS +: B_BITS]),
        .negative(negative[k]),
        .significand(significand[k*PRODUCT_BITS +: PRODUCT_BITS]),
        .exponent(product_exponent),
        .zero(zero),
        .nan(nan[k]),
        .positive_infinity(positive_infinity[k]),
        .negative_infinity(negative_infinity[k]));
      wire signed [X_BITS-1:0] none = NONE_X;
      wire signed [X_BITS-1:0] scaled;
      if (SCALED != 0) begin : with_scales
        adder #(.BITS(X_BITS)) scale (
          .x(product_exponent), .y(offset[k*X_BITS +: X_BITS]), .sum(scaled));
      end else begin : without_scales
        assign scaled = product_exponent;
      end
      assign exponent[k*X_BITS +: X_BITS] = (ZEROS_COUNT == 0) & zero ? none : scaled;
    end
  endgenerate

  fused_accumulator #(
    .LENGTH(LENGTH), .PRODUCT_BITS(PRODUCT_BITS), .PRODUCT_FRACTION(PRODUCT_FRACTION),
    .X_BITS(X_BITS), .KEPT(KEPT), .FLOOR(FLOOR), .LEAST_X(LEAST_X), .PRODUCT_RANK(PRODUCT_RANK),
    .C_EXPONENT_BITS(C_EXPONENT_BITS), .C_FRACTION_BITS(C_FRACTION_BITS),
    .C_SPECIALS(C_SPECIALS), .C_FIELD_X(C_FIELD_X), .C_ZERO_X(C_ZERO_X),
    .C_LOWEST_FIELD(C_LOWEST_FIELD), .C_FIELD_BITS(C_FIELD_BITS),
    .C_ROUNDED_BITS(C_ROUNDED_BITS), .C_NEAREST(C_NEAREST), .C_UNDERFLOWS(C_UNDERFLOWS),
    .C_UNSTORED_BITS(C_UNSTORED_BITS), .C_LARGEST(C_LARGEST),
    .C_POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW), .C_NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW),
    .C_NAN(C_NAN)
  ) accumulate (
    .clk(clk), .first(first_entered), .negative(negative), .significand(significand),
    .exponent(exponent), .nan(|nan | (SCALED != 0) & scale_nan),
    .positive_infinity(|positive_infinity),
    .negative_infinity(|negative_infinity), .addend(addend), .sum(sum));
endmodule
