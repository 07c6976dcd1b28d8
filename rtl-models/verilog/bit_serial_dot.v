// Bit-serial dot product of integers by tables: sums of INPUTS neighbours of one operand stand in
// tables, and the other operand enters bit plane by bit plane, a plane each clock cycle, the least
// first. Twin of macroscope.unit.BitSerialUnit with integers and exact entries.
//
// A pass takes PLANES cycles. With start = 1 the tables of operand are loaded and plane is its first
// one; with first = 1 it starts a sum from addend, which is read in the cycle after. Planes of signed
// digits (DIGITS as in lookup) hold -1 as 0; the last plane of an integer is then complemented.
module bit_serial_dot #(
  parameter OPERAND_BITS = 8,
  parameter INPUTS       = 4,
  parameter TABLES       = 2,
  parameter PLANES       = 4,
  parameter DIGITS       = 2,
  parameter FOLDED       = 0,
  parameter ACC_BITS     = 32
) (
  input                                   clk,
  input                                   start,
  input                                   first,
  input  [TABLES*INPUTS*OPERAND_BITS-1:0] operand,
  input  [TABLES*INPUTS-1:0]              plane,
  input  [ACC_BITS-1:0]                   addend,
  output reg [ACC_BITS-1:0]               sum
);
  localparam LENGTH      = TABLES * INPUTS;
  localparam STORED      = DIGITS == 2 ? 1 << (INPUTS - 1) : 1 << INPUTS;
  // A full table has the sum of all minus signs too, which is one larger than that of all plus signs.
  localparam ENTRY_BITS  = OPERAND_BITS + $clog2(INPUTS) + (DIGITS == 1 ? 1 : 0);
  localparam TERM_BITS   = ENTRY_BITS + 1;
  localparam PLANE_BITS  = TERM_BITS + $clog2(TABLES);
  localparam TOTAL_BITS  = ENTRY_BITS + $clog2(TABLES);
  localparam COUNT_BITS  = PLANES > 1 ? $clog2(PLANES) : 1;
  localparam PLACED_BITS = PLANE_BITS + PLANES;

  // Tables, which units that get the same operand would share.
  wire [TABLES*STORED*ENTRY_BITS-1:0] entries;
  reg  [TABLES*STORED*ENTRY_BITS-1:0] table_entries;
  genvar t;
  generate
    for (t = 0; t < TABLES; t = t + 1) begin : build
      wire [INPUTS*OPERAND_BITS-1:0] inputs =
          operand[t*INPUTS*OPERAND_BITS +: INPUTS*OPERAND_BITS];
      if (DIGITS == 0) begin : subsets
        subset_sums #(.OPERAND_BITS(OPERAND_BITS), .INPUTS(INPUTS), .BITS(ENTRY_BITS)) sums (
          .operands(inputs), .entries(entries[t*STORED*ENTRY_BITS +: STORED*ENTRY_BITS]));
      end else begin : signs
        localparam HALF = 1 << (INPUTS - 1);
        wire [HALF*ENTRY_BITS-1:0] plus;
        signed_sums #(.OPERAND_BITS(OPERAND_BITS), .INPUTS(INPUTS), .BITS(ENTRY_BITS)) sums (
          .operands(inputs), .entries(plus));
        assign entries[(t*STORED+STORED-HALF)*ENTRY_BITS +: HALF*ENTRY_BITS] = plus;
        if (DIGITS == 1) begin : mirror
          genvar i;
          for (i = 0; i < HALF; i = i + 1) begin : entry
            assign entries[(t*STORED+i)*ENTRY_BITS +: ENTRY_BITS] =
                -plus[(HALF-1-i)*ENTRY_BITS +: ENTRY_BITS];
          end
        end
      end
    end
  endgenerate

  // Signed digits make 2 v + 1 of an integer v: half of the sum of the operand is taken off again. The
  // last entry of a table is the sum of its inputs.
  wire [TABLES*ENTRY_BITS-1:0] plus_signs;
  wire [TOTAL_BITS-1:0]        total;
  reg  [TOTAL_BITS-1:0]        total_entered;
  generate
    for (t = 0; t < TABLES; t = t + 1) begin : inputs_of
      assign plus_signs[t*ENTRY_BITS +: ENTRY_BITS] =
          entries[(t*STORED+STORED-1)*ENTRY_BITS +: ENTRY_BITS];
    end
  endgenerate
  adder_tree #(.TERMS(TABLES), .BITS(ENTRY_BITS), .SIGNED(1)) add_operand (
    .terms(plus_signs), .sum(total));

  reg                  first_entered;
  reg [LENGTH-1:0]     plane_entered;
  reg [COUNT_BITS-1:0] count;
  always @(posedge clk) begin
    first_entered <= first;
    plane_entered <= plane;
    count         <= start ? 0 : count + 1;
    if (start) begin
      table_entries <= entries;
      total_entered <= total;
    end
  end

  wire [TABLES*TERM_BITS-1:0] terms;
  generate
    for (t = 0; t < TABLES; t = t + 1) begin : look_up
      lookup #(
        .INPUTS(INPUTS), .DIGITS(DIGITS), .FOLDED(FOLDED), .ENTRIES(STORED),
        .ENTRY_BITS(ENTRY_BITS)
      ) choose (
        .entries(table_entries[t*STORED*ENTRY_BITS +: STORED*ENTRY_BITS]),
        .bits(plane_entered[t*INPUTS +: INPUTS]),
        .term(terms[t*TERM_BITS +: TERM_BITS]));
    end
  endgenerate

  wire [PLANE_BITS-1:0] plane_sum;
  adder_tree #(.TERMS(TABLES), .BITS(TERM_BITS), .SIGNED(1)) tree (
    .terms(terms), .sum(plane_sum));

  // The sum of a plane: of binary digits the last one counts minus, of signed digits the first one
  // lacks the sum of the operand. Then it moves to its place.
  wire signed [PLANE_BITS:0]    corrected;
  wire signed [PLACED_BITS-1:0] wide;
  wire        [PLACED_BITS-1:0] placed;
  resize #(.FROM(PLANE_BITS + 1), .TO(PLACED_BITS), .SIGNED(1)) widen (
    .number(corrected), .resized(wide));
  wire signed [PLACED_BITS-1:0] shifted = wide << count;
  generate
    if (DIGITS == 0) begin : binary
      wire last = count == PLANES - 1;
      assign corrected =
          ({plane_sum[PLANE_BITS-1], plane_sum} ^ {(PLANE_BITS + 1){last}}) + last;
      assign placed = shifted;
    end else begin : signed_digits
      wire [PLANE_BITS:0] whole;
      resize #(.FROM(TOTAL_BITS), .TO(PLANE_BITS + 1), .SIGNED(1)) widen_total (
        .number(total_entered), .resized(whole));
      assign corrected =
          {plane_sum[PLANE_BITS-1], plane_sum} - (whole & {(PLANE_BITS + 1){count == 0}});
      assign placed = shifted >>> 1;
    end
  endgenerate

  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PLACED_BITS), .PASS_SIGNED(1), .ACC_BITS(ACC_BITS), .SATURATING(0)
  ) accumulate (
    .accumulator(first_entered ? addend : sum), .pass(placed), .next(next));
  always @(posedge clk) sum <= next;
endmodule
