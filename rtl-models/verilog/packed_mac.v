// Integer dot products that share the multipliers of DSP slices. Of each slice's product
//   (sum of a_i 2^(i A_STEP)) (sum of b_j 2^(j B_STEP)) = sum of a_i b_j 2^(i A_STEP + j B_STEP)
// every lane is a product of row i and column j. CASCADE products of each lane are added in the slices'
// accumulators, for so many have room there; then lanes are read, added and accumulated.
// Twin of macroscope.unit.PackedMacUnit for ROWS rows of the left and COLUMNS rows of the right operand.
//
// A pass of LENGTH products of each dot product enters each clock cycle: a and b are registered, and the
// next edge loads the sums. The pass with first = 1 starts sums from addend, which is read in the cycle
// after its operands entered. Element k of row i lies at a[(i*LENGTH+k)*A_BITS +: A_BITS], the sum of row i
// and column j at sum[(i*COLUMNS+j)*ACC_BITS +: ACC_BITS], and its addend likewise.
module packed_mac #(
  parameter A_BITS      = 8,
  parameter A_SIGNED    = 1,
  parameter B_BITS      = 8,
  parameter B_SIGNED    = 1,
  // Dot products that share a slice, and how far numbers stand apart in its ports.
  parameter ROWS        = 1,
  parameter COLUMNS     = 2,
  parameter A_STEP      = 0,
  parameter B_STEP      = 18,
  // The slice: the port of a, the port of b, the accumulator.
  parameter NARROW_BITS = 18,
  parameter WIDE_BITS   = 27,
  parameter SLICE_BITS  = 48,
  parameter LENGTH      = 1,
  parameter CASCADE     = 1,
  // Bits of the sum of CASCADE products.
  parameter LANE_BITS   = 16,
  parameter ACC_BITS    = 32
) (
  input                                  clk,
  input                                  first,
  input  [ROWS*LENGTH*A_BITS-1:0]        a,
  input  [COLUMNS*LENGTH*B_BITS-1:0]     b,
  input  [ROWS*COLUMNS*ACC_BITS-1:0]     addend,
  output reg [ROWS*COLUMNS*ACC_BITS-1:0] sum
);
  localparam OUTPUTS      = ROWS * COLUMNS;
  localparam GROUPS       = (LENGTH + CASCADE - 1) / CASCADE;
  localparam PRODUCT_BITS = NARROW_BITS + WIDE_BITS;
  localparam PASS_BITS    = LANE_BITS + $clog2(GROUPS);

  reg                             first_entered;
  reg [ROWS*LENGTH*A_BITS-1:0]    a_entered;
  reg [COLUMNS*LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*SLICE_BITS-1:0]        products;
  wire [OUTPUTS*GROUPS*LANE_BITS-1:0] read;
  wire [OUTPUTS*ACC_BITS-1:0]         next;
  genvar g, i, j, k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : slice
      wire [ROWS*A_BITS-1:0]    of_rows;
      wire [COLUMNS*B_BITS-1:0] of_columns;
      wire [NARROW_BITS-1:0]    narrow;
      wire [WIDE_BITS-1:0]      wide;
      wire [PRODUCT_BITS-1:0]   product;
      for (i = 0; i < ROWS; i = i + 1) begin : row
        assign of_rows[i*A_BITS +: A_BITS] = a_entered[(i*LENGTH+k)*A_BITS +: A_BITS];
      end
      for (j = 0; j < COLUMNS; j = j + 1) begin : column
        assign of_columns[j*B_BITS +: B_BITS] = b_entered[(j*LENGTH+k)*B_BITS +: B_BITS];
      end
      packed_operand #(
        .COUNT(ROWS), .BITS(A_BITS), .SIGNED(A_SIGNED), .STEP(A_STEP), .PORT_BITS(NARROW_BITS)
      ) pack_a (.numbers(of_rows), .word(narrow));
      packed_operand #(
        .COUNT(COLUMNS), .BITS(B_BITS), .SIGNED(B_SIGNED), .STEP(B_STEP), .PORT_BITS(WIDE_BITS)
      ) pack_b (.numbers(of_columns), .word(wide));
      integer_multiplier #(
        .A_BITS(NARROW_BITS), .A_SIGNED(1), .B_BITS(WIDE_BITS), .B_SIGNED(1)
      ) multiply (.a(narrow), .b(wide), .product(product));
      resize #(.FROM(PRODUCT_BITS), .TO(SLICE_BITS), .SIGNED(1)) fit (
        .number(product), .resized(products[k*SLICE_BITS +: SLICE_BITS]));
    end

    for (g = 0; g < GROUPS; g = g + 1) begin : cascade
      localparam FROM  = g * CASCADE;
      localparam TERMS = FROM + CASCADE <= LENGTH ? CASCADE : LENGTH - FROM;
      wire [SLICE_BITS+$clog2(TERMS)-1:0] total;
      wire [OUTPUTS*LANE_BITS-1:0]        lanes;
      adder_tree #(.TERMS(TERMS), .BITS(SLICE_BITS), .SIGNED(1)) add (
        .terms(products[FROM*SLICE_BITS +: TERMS*SLICE_BITS]), .sum(total));
      packed_lanes #(
        .ROWS(ROWS), .COLUMNS(COLUMNS), .A_STEP(A_STEP), .B_STEP(B_STEP),
        .SLICE_BITS(SLICE_BITS), .LANE_BITS(LANE_BITS)
      ) look (.word(total[SLICE_BITS-1:0]), .lanes(lanes));
      for (i = 0; i < OUTPUTS; i = i + 1) begin : lane
        assign read[(i*GROUPS+g)*LANE_BITS +: LANE_BITS] = lanes[i*LANE_BITS +: LANE_BITS];
      end
    end

    for (i = 0; i < OUTPUTS; i = i + 1) begin : dot
      wire [PASS_BITS-1:0] pass;
      wire [ACC_BITS-1:0]  held;
      adder_tree #(.TERMS(GROUPS), .BITS(LANE_BITS), .SIGNED(1)) tree (
        .terms(read[i*GROUPS*LANE_BITS +: GROUPS*LANE_BITS]), .sum(pass));
      assign held = first_entered ? addend[i*ACC_BITS +: ACC_BITS] : sum[i*ACC_BITS +: ACC_BITS];
      integer_accumulator #(
        .PASS_BITS(PASS_BITS), .PASS_SIGNED(1), .ACC_BITS(ACC_BITS), .SATURATING(0)
      ) accumulate (.accumulator(held), .pass(pass), .next(next[i*ACC_BITS +: ACC_BITS]));
    end
  endgenerate

  always @(posedge clk) sum <= next;
endmodule
