// Fused dot product of block-scaled operands whose scales are powers of two: the exponents of both
// scales are added to the exponent of every product before the alignment, never to the addend's. A NaN
// scale makes NaN. Twin of macroscope.unit.BlockScaledDotUnit.
//
// LENGTH products enter each clock cycle with a scale for each BLOCK_LENGTH of them, or one for all of
// them if blocks are longer: operands and scales are registered, and the next edge loads the sum. With
// first = 1 a sum starts from addend, which is read in the cycle after its operands entered.
module block_scaled_dot #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  parameter A_ZERO_FIELD    = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  parameter B_ZERO_FIELD    = 0,
  parameter LENGTH          = 1,
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
  // The format of the scales, without fraction bits, and what a zero of it counts as exponent field.
  parameter S_EXPONENT_BITS = 8,
  parameter S_ZERO_EXPONENT = 1,
  parameter S_SPECIALS      = 2,
  parameter S_ZERO_FIELD    = 0,
  parameter BLOCK_LENGTH    = 32,
  parameter BLOCKS          = 1
) (
  input                                                          clk,
  input                                                          first,
  input  [LENGTH*(A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS)-1:0] a,
  input  [LENGTH*(B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS)-1:0] b,
  input  [BLOCKS*S_EXPONENT_BITS-1:0]                            scale_a,
  input  [BLOCKS*S_EXPONENT_BITS-1:0]                            scale_b,
  input  [C_EXPONENT_BITS+C_FRACTION_BITS:0]                     addend,
  output [C_EXPONENT_BITS+C_FRACTION_BITS:0]                     sum
);
  reg [BLOCKS*S_EXPONENT_BITS-1:0] scale_a_entered;
  reg [BLOCKS*S_EXPONENT_BITS-1:0] scale_b_entered;
  always @(posedge clk) begin
    scale_a_entered <= scale_a;
    scale_b_entered <= scale_b;
  end

  // Sums of the exponents of both scales of a block; products are scales without a significand.
  wire [BLOCKS-1:0]        scale_nan;
  wire [BLOCKS*X_BITS-1:0] scale_exponent;
  wire [LENGTH*X_BITS-1:0] offset;
  genvar i;
  generate
    for (i = 0; i < BLOCKS; i = i + 1) begin : block
      float_product #(
        .A_EXPONENT_BITS(S_EXPONENT_BITS), .A_FRACTION_BITS(0), .A_SIGNED(0),
        .A_ZERO_EXPONENT(S_ZERO_EXPONENT), .A_SPECIALS(S_SPECIALS), .A_ZERO_FIELD(S_ZERO_FIELD),
        .B_EXPONENT_BITS(S_EXPONENT_BITS), .B_FRACTION_BITS(0), .B_SIGNED(0),
        .B_ZERO_EXPONENT(S_ZERO_EXPONENT), .B_SPECIALS(S_SPECIALS), .B_ZERO_FIELD(S_ZERO_FIELD),
        .X_BITS(X_BITS)
      ) scale (
        .a(scale_a_entered[i*S_EXPONENT_BITS +: S_EXPONENT_BITS]),
        .b(scale_b_entered[i*S_EXPONENT_BITS +: S_EXPONENT_BITS]),
        .negative(), .significand(), .exponent(scale_exponent[i*X_BITS +: X_BITS]), .zero(),
        .nan(scale_nan[i]), .positive_infinity(), .negative_infinity());
    end
    for (i = 0; i < LENGTH; i = i + 1) begin : spread
      assign offset[i*X_BITS +: X_BITS] = scale_exponent[(i / BLOCK_LENGTH)*X_BITS +: X_BITS];
    end
  endgenerate

  fused_dot #(
    .A_EXPONENT_BITS(A_EXPONENT_BITS), .A_FRACTION_BITS(A_FRACTION_BITS), .A_SIGNED(A_SIGNED),
    .A_ZERO_EXPONENT(A_ZERO_EXPONENT), .A_SPECIALS(A_SPECIALS), .A_ZERO_FIELD(A_ZERO_FIELD),
    .B_EXPONENT_BITS(B_EXPONENT_BITS), .B_FRACTION_BITS(B_FRACTION_BITS), .B_SIGNED(B_SIGNED),
    .B_ZERO_EXPONENT(B_ZERO_EXPONENT), .B_SPECIALS(B_SPECIALS), .B_ZERO_FIELD(B_ZERO_FIELD),
    .LENGTH(LENGTH), .X_BITS(X_BITS), .ZEROS_COUNT(ZEROS_COUNT), .NONE_X(NONE_X), .KEPT(KEPT),
    .FLOOR(FLOOR), .LEAST_X(LEAST_X), .PRODUCT_RANK(PRODUCT_RANK), .C_EXPONENT_BITS(C_EXPONENT_BITS),
    .C_FRACTION_BITS(C_FRACTION_BITS), .C_SPECIALS(C_SPECIALS), .C_FIELD_X(C_FIELD_X),
    .C_ZERO_X(C_ZERO_X), .C_LOWEST_FIELD(C_LOWEST_FIELD), .C_FIELD_BITS(C_FIELD_BITS),
    .C_ROUNDED_BITS(C_ROUNDED_BITS), .C_NEAREST(C_NEAREST), .C_UNDERFLOWS(C_UNDERFLOWS),
    .C_UNSTORED_BITS(C_UNSTORED_BITS), .C_LARGEST(C_LARGEST),
    .C_POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW), .C_NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW),
    .C_NAN(C_NAN), .SCALED(1)
  ) dot (
    .clk(clk), .first(first), .a(a), .b(b), .offset(offset),
    .scale_nan(|scale_nan), .addend(addend), .sum(sum));
endmodule
