using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20240801000000_Initial")]
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Deadlines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    FromOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Rule = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CalendarVersion = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EffectiveOn = table.Column<DateOnly>(type: "date", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SetAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SupersededAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    MetAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deadlines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Definitions",
                columns: table => new
                {
                    Flow = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PublishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Definitions", x => new { x.Flow, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "Grantors",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Grantors", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Municipalities",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Municipalities", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Party = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsInvented = table.Column<bool>(type: "boolean", nullable: false),
                    Salt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInWishes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ReturnTo = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInWishes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Trail",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Event = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Object = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Data = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Prev = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trail", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "DeadlineRungs",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    DeadlineId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Days = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    HandledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineRungs", x => new { x.DeadlineId, x.Number });
                    table.ForeignKey(
                        name: "FK_DeadlineRungs_Deadlines_DeadlineId",
                        column: x => x.DeadlineId,
                        principalTable: "Deadlines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OfficeClosedDays",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MunicipalityId = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OfficeClosedDays", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OfficeClosedDays_Municipalities_MunicipalityId",
                        column: x => x.MunicipalityId,
                        principalTable: "Municipalities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Programmes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MunicipalityId = table.Column<Guid>(type: "uuid", nullable: false),
                    Slug = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FromYear = table.Column<int>(type: "integer", nullable: true),
                    ToYear = table.Column<int>(type: "integer", nullable: true),
                    Goal = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EvaluationYear = table.Column<int>(type: "integer", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Programmes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Programmes_Municipalities_MunicipalityId",
                        column: x => x.MunicipalityId,
                        principalTable: "Municipalities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    ReadsTrail = table.Column<bool>(type: "boolean", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiKeys_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeedKeys",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedKeys", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_FeedKeys_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Links",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: true),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: true),
                    RapportId = table.Column<Guid>(type: "uuid", nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RevokedWhy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Links", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Links_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Occasion = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RunId = table.Column<Guid>(type: "uuid", nullable: true),
                    Visit = table.Column<int>(type: "integer", nullable: true),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: true),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: true),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: true),
                    RapportId = table.Column<Guid>(type: "uuid", nullable: true),
                    DeadlineRung = table.Column<int>(type: "integer", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MessageId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ThreadId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    QueuedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastError = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notices_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_Sessions_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SignInTickets",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReturnTo = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsReusable = table.Column<bool>(type: "boolean", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInTickets", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_SignInTickets_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Criteria",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Keys = table.Column<List<string>>(type: "text[]", nullable: false),
                    SourceCode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToYear = table.Column<int>(type: "integer", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Criteria", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Criteria_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeadlineOverrides",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Time = table.Column<TimeOnly>(type: "time without time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineOverrides", x => new { x.ProgrammeId, x.Year, x.Key });
                    table.ForeignKey(
                        name: "FK_DeadlineOverrides_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FundingSources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    GrantorId = table.Column<Guid>(type: "uuid", nullable: true),
                    Code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Chapter = table.Column<int>(type: "integer", nullable: true),
                    Post = table.Column<int>(type: "integer", nullable: true),
                    AsReceived = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Condition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Remarks = table.Column<List<string>>(type: "text[]", nullable: false),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FundingSources", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FundingSources_Grantors_GrantorId",
                        column: x => x.GrantorId,
                        principalTable: "Grantors",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FundingSources_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LimitsOverrides",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    LetterPercent = table.Column<decimal>(type: "numeric", nullable: true),
                    LetterAmount = table.Column<long>(type: "bigint", nullable: true),
                    AuditorFrom = table.Column<long>(type: "bigint", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LimitsOverrides", x => x.ProgrammeId);
                    table.ForeignKey(
                        name: "FK_LimitsOverrides_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PlanUnits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Slug = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanUnits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PlanUnits_PlanUnits_ParentId",
                        column: x => x.ParentId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanUnits_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StepOverrides",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Remind = table.Column<List<int>>(type: "integer[]", nullable: true),
                    Escalate = table.Column<List<int>>(type: "integer[]", nullable: true),
                    Body = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepOverrides", x => new { x.ProgrammeId, x.Key });
                    table.ForeignKey(
                        name: "FK_StepOverrides_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FreshCodes",
                columns: table => new
                {
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    LinkId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    WrongCodes = table.Column<int>(type: "integer", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FreshCodes", x => x.NoticeId);
                    table.ForeignKey(
                        name: "FK_FreshCodes_Links_LinkId",
                        column: x => x.LinkId,
                        principalTable: "Links",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LinkTokens",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    LinkId = table.Column<Guid>(type: "uuid", nullable: false),
                    CodeHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    WrongCodes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkTokens", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_LinkTokens_Links_LinkId",
                        column: x => x.LinkId,
                        principalTable: "Links",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NoticeNews",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsFromReader = table.Column<bool>(type: "boolean", nullable: false),
                    ArrivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeNews", x => x.Key);
                    table.ForeignKey(
                        name: "FK_NoticeNews_Notices_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "Notices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Bodies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Regime = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Mode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsCompetent = table.Column<bool>(type: "boolean", nullable: false),
                    LegalBasis = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Assurance = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    QuorumNumerator = table.Column<long>(type: "bigint", nullable: false),
                    QuorumDenominator = table.Column<long>(type: "bigint", nullable: false),
                    Majority = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Tie = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MayAbstain = table.Column<bool>(type: "boolean", nullable: false),
                    Written = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bodies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Bodies_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bodies_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Evaluations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Evaluator = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DeliveredOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Findings = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Place = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    RegisteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evaluations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Evaluations_People_RegisteredBy",
                        column: x => x.RegisteredBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Evaluations_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Evaluations_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FundingAmounts",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    FundingSourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Basis = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FundingAmounts", x => new { x.FundingSourceId, x.Number });
                    table.ForeignKey(
                        name: "FK_FundingAmounts_FundingSources_FundingSourceId",
                        column: x => x.FundingSourceId,
                        principalTable: "FundingSources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_FundingAmounts_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Handlingsplaner",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Goal = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Challenges = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Signals = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Participation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Proposal = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SavedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Writers = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    ApprovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ApprovedVersion = table.Column<int>(type: "integer", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Handlingsplaner", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Handlingsplaner_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Roles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: true),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    GrantorId = table.Column<Guid>(type: "uuid", nullable: true),
                    FromOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Roles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Roles_Grantors_GrantorId",
                        column: x => x.GrantorId,
                        principalTable: "Grantors",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Roles_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Roles_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Roles_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Runs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Flow = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DefinitionVersion = table.Column<int>(type: "integer", nullable: false),
                    DocumentKind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DocumentId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StepId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    VisitNumber = table.Column<int>(type: "integer", nullable: false),
                    Phase = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StepKind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    WaitsFor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EnteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosedAs = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Incident = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Moves = table.Column<int>(type: "integer", nullable: false),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Runs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Runs_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Runs_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Decisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BodyId = table.Column<Guid>(type: "uuid", nullable: true),
                    DocumentKind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DocumentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    IsApproved = table.Column<bool>(type: "boolean", nullable: false),
                    DecidedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Reference = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Decisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Decisions_Bodies_BodyId",
                        column: x => x.BodyId,
                        principalTable: "Bodies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Decisions_People_RegisteredBy",
                        column: x => x.RegisteredBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Rounds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BodyId = table.Column<Guid>(type: "uuid", nullable: false),
                    FirstId = table.Column<Guid>(type: "uuid", nullable: true),
                    DocumentKind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DocumentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Regime = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Mode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsCompetent = table.Column<bool>(type: "boolean", nullable: false),
                    Assurance = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    QuorumNumerator = table.Column<long>(type: "bigint", nullable: false),
                    QuorumDenominator = table.Column<long>(type: "bigint", nullable: false),
                    Majority = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Tie = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MayAbstain = table.Column<bool>(type: "boolean", nullable: false),
                    Written = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MayChangeAnswer = table.Column<bool>(type: "boolean", nullable: false),
                    Drafters = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SignedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    SignedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SignedHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rounds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Rounds_Bodies_BodyId",
                        column: x => x.BodyId,
                        principalTable: "Bodies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Seats",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    Order = table.Column<int>(type: "integer", nullable: true),
                    Group = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    StandsInFor = table.Column<Guid>(type: "uuid", nullable: true),
                    FromOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: true),
                    BodyId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Seats", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Seats_Bodies_BodyId",
                        column: x => x.BodyId,
                        principalTable: "Bodies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Seats_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Seats_Seats_StandsInFor",
                        column: x => x.StandsInFor,
                        principalTable: "Seats",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Grants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    Voted = table.Column<long>(type: "bigint", nullable: true),
                    VotedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Revised = table.Column<long>(type: "bigint", nullable: true),
                    RefusalText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RefusedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Grants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Grants_FundingSources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "FundingSources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Grants_Handlingsplaner_PlanId",
                        column: x => x.PlanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Grants_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HandlingsplanVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FrozenBy = table.Column<Guid>(type: "uuid", nullable: false),
                    FrozenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    HandlingsplanId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandlingsplanVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HandlingsplanVersions_Handlingsplaner_HandlingsplanId",
                        column: x => x.HandlingsplanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Tiltak",
                columns: table => new
                {
                    TiltakId = table.Column<Guid>(type: "uuid", nullable: false),
                    HandlingsplanId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Theme = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SubTheme = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Target = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Baseline = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    HasNoBaseline = table.Column<bool>(type: "boolean", nullable: false),
                    Responsible = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Change = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Criteria = table.Column<List<string>>(type: "text[]", nullable: false),
                    Verbatim = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MergedInto = table.Column<Guid>(type: "uuid", nullable: true),
                    HasInventedDetails = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tiltak", x => new { x.HandlingsplanId, x.TiltakId });
                    table.ForeignKey(
                        name: "FK_Tiltak_Handlingsplaner_HandlingsplanId",
                        column: x => x.HandlingsplanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Visits",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    RunId = table.Column<Guid>(type: "uuid", nullable: false),
                    StepId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Phase = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EnteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LeftAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DeadlineId = table.Column<Guid>(type: "uuid", nullable: true),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Visits", x => new { x.RunId, x.Number });
                    table.ForeignKey(
                        name: "FK_Visits_Runs_RunId",
                        column: x => x.RunId,
                        principalTable: "Runs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RoundAnswers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Remark = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Assurance = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FormKey = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Channel = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    GivenOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RetractedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoundAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RoundAnswers_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoundAnswers_Rounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "Rounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RoundSeats",
                columns: table => new
                {
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    Order = table.Column<int>(type: "integer", nullable: true),
                    Group = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    StandsInFor = table.Column<Guid>(type: "uuid", nullable: true),
                    InhabilAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    InhabilReason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AbsentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoundSeats", x => new { x.RoundId, x.SeatId });
                    table.ForeignKey(
                        name: "FK_RoundSeats_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoundSeats_Rounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "Rounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PaymentArrivals",
                columns: table => new
                {
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    ArrivedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentArrivals", x => new { x.GrantId, x.Number });
                    table.ForeignKey(
                        name: "FK_PaymentArrivals_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentArrivals_People_RegisteredBy",
                        column: x => x.RegisteredBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PlanChanges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Amount = table.Column<long>(type: "bigint", nullable: true),
                    FromVersion = table.Column<int>(type: "integer", nullable: false),
                    OpenedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsConsentedTo = table.Column<bool>(type: "boolean", nullable: true),
                    ConsentText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ConsentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PlanChanges_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_Handlingsplaner_PlanId",
                        column: x => x.PlanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_People_OpenedBy",
                        column: x => x.OpenedBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Rapporter",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Granted = table.Column<long>(type: "bigint", nullable: false),
                    CarriedIn = table.Column<long>(type: "bigint", nullable: false),
                    Summary = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SavedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Writers = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    AuditorStatement = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AuditedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    ApprovedVersion = table.Column<int>(type: "integer", nullable: true),
                    SubmittedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Journal = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CorrectionAskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Correction = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AcceptedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CarriedOver = table.Column<long>(type: "bigint", nullable: true),
                    CarriedOverOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Repaid = table.Column<long>(type: "bigint", nullable: true),
                    RepaidOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rapporter", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Rapporter_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Rapporter_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Submissions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanVersion = table.Column<int>(type: "integer", nullable: false),
                    PlanHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SentBy = table.Column<Guid>(type: "uuid", nullable: false),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Journal = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CorrectionAskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Correction = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Submissions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Submissions_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Submissions_Handlingsplaner_PlanId",
                        column: x => x.PlanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Tilskuddsbrev",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Reference = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ReceivedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    ReportDueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    AuditorFrom = table.Column<long>(type: "bigint", nullable: true),
                    MayCarryOver = table.Column<bool>(type: "boolean", nullable: false),
                    ChangesNeedConsent = table.Column<bool>(type: "boolean", nullable: false),
                    TermsText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SpreadBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AcceptedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tilskuddsbrev", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Tilskuddsbrev_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BudgetLines",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    HandlingsplanId = table.Column<Guid>(type: "uuid", nullable: false),
                    TiltakId = table.Column<Guid>(type: "uuid", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    IsInvented = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BudgetLines", x => new { x.HandlingsplanId, x.TiltakId, x.SourceId });
                    table.ForeignKey(
                        name: "FK_BudgetLines_FundingSources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "FundingSources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BudgetLines_Tiltak_HandlingsplanId_TiltakId",
                        columns: x => new { x.HandlingsplanId, x.TiltakId },
                        principalTable: "Tiltak",
                        principalColumns: new[] { "HandlingsplanId", "TiltakId" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RapportVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FrozenBy = table.Column<Guid>(type: "uuid", nullable: false),
                    FrozenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RapportId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RapportVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RapportVersions_Rapporter_RapportId",
                        column: x => x.RapportId,
                        principalTable: "Rapporter",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TiltakResults",
                columns: table => new
                {
                    TiltakId = table.Column<Guid>(type: "uuid", nullable: false),
                    RapportId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Planned = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Spent = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TiltakResults", x => new { x.RapportId, x.TiltakId });
                    table.ForeignKey(
                        name: "FK_TiltakResults_Rapporter_RapportId",
                        column: x => x.RapportId,
                        principalTable: "Rapporter",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LetterLines",
                columns: table => new
                {
                    TiltakId = table.Column<Guid>(type: "uuid", nullable: false),
                    TilskuddsbrevId = table.Column<Guid>(type: "uuid", nullable: false),
                    Planned = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterLines", x => new { x.TilskuddsbrevId, x.TiltakId });
                    table.ForeignKey(
                        name: "FK_LetterLines_Tilskuddsbrev_TilskuddsbrevId",
                        column: x => x.TilskuddsbrevId,
                        principalTable: "Tilskuddsbrev",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LetterPayments",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    TilskuddsbrevId = table.Column<Guid>(type: "uuid", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterPayments", x => new { x.TilskuddsbrevId, x.Number });
                    table.ForeignKey(
                        name: "FK_LetterPayments_Tilskuddsbrev_TilskuddsbrevId",
                        column: x => x.TilskuddsbrevId,
                        principalTable: "Tilskuddsbrev",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Hash",
                table: "ApiKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_OwnerId",
                table: "ApiKeys",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_Bodies_PlanUnitId",
                table: "Bodies",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_Bodies_ProgrammeId_PlanUnitId_Key",
                table: "Bodies",
                columns: new[] { "ProgrammeId", "PlanUnitId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_BudgetLines_SourceId",
                table: "BudgetLines",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_Criteria_ProgrammeId_Number",
                table: "Criteria",
                columns: new[] { "ProgrammeId", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineRungs_HandledAt_At",
                table: "DeadlineRungs",
                columns: new[] { "HandledAt", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Deadlines_DueAt",
                table: "Deadlines",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Decisions_BodyId",
                table: "Decisions",
                column: "BodyId");

            migrationBuilder.CreateIndex(
                name: "IX_Decisions_DocumentKind_DocumentId",
                table: "Decisions",
                columns: new[] { "DocumentKind", "DocumentId" });

            migrationBuilder.CreateIndex(
                name: "IX_Decisions_RegisteredBy",
                table: "Decisions",
                column: "RegisteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_PlanUnitId",
                table: "Evaluations",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_ProgrammeId_Year",
                table: "Evaluations",
                columns: new[] { "ProgrammeId", "Year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_RegisteredBy",
                table: "Evaluations",
                column: "RegisteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_FeedKeys_PersonId",
                table: "FeedKeys",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_FreshCodes_LinkId",
                table: "FreshCodes",
                column: "LinkId");

            migrationBuilder.CreateIndex(
                name: "IX_FundingAmounts_PlanUnitId",
                table: "FundingAmounts",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_FundingSources_GrantorId",
                table: "FundingSources",
                column: "GrantorId");

            migrationBuilder.CreateIndex(
                name: "IX_FundingSources_ProgrammeId_Year_Number",
                table: "FundingSources",
                columns: new[] { "ProgrammeId", "Year", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grantors_Code",
                table: "Grantors",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PlanId",
                table: "Grants",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_Grants_PlanUnitId_Year_SourceId",
                table: "Grants",
                columns: new[] { "PlanUnitId", "Year", "SourceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grants_SourceId",
                table: "Grants",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_Handlingsplaner_PlanUnitId_Year",
                table: "Handlingsplaner",
                columns: new[] { "PlanUnitId", "Year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HandlingsplanVersions_HandlingsplanId_Number",
                table: "HandlingsplanVersions",
                columns: new[] { "HandlingsplanId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Links_PersonId_RoundId_GrantId_RapportId",
                table: "Links",
                columns: new[] { "PersonId", "RoundId", "GrantId", "RapportId" });

            migrationBuilder.CreateIndex(
                name: "IX_Links_RoundId",
                table: "Links",
                column: "RoundId");

            migrationBuilder.CreateIndex(
                name: "IX_LinkTokens_LinkId",
                table: "LinkTokens",
                column: "LinkId");

            migrationBuilder.CreateIndex(
                name: "IX_Municipalities_Name",
                table: "Municipalities",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NoticeNews_NoticeId",
                table: "NoticeNews",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_PersonId_Occasion",
                table: "Notices",
                columns: new[] { "PersonId", "Occasion" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notices_RoundId",
                table: "Notices",
                column: "RoundId");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_RunId",
                table: "Notices",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_State_NextAttemptAt",
                table: "Notices",
                columns: new[] { "State", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OfficeClosedDays_MunicipalityId",
                table: "OfficeClosedDays",
                column: "MunicipalityId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentArrivals_RegisteredBy",
                table: "PaymentArrivals",
                column: "RegisteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_People_Email",
                table: "People",
                column: "Email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_GrantId",
                table: "PlanChanges",
                column: "GrantId");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_OpenedBy",
                table: "PlanChanges",
                column: "OpenedBy");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_PlanId",
                table: "PlanChanges",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_PlanUnitId_Year",
                table: "PlanChanges",
                columns: new[] { "PlanUnitId", "Year" });

            migrationBuilder.CreateIndex(
                name: "IX_PlanUnits_ParentId",
                table: "PlanUnits",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_PlanUnits_ProgrammeId_Slug",
                table: "PlanUnits",
                columns: new[] { "ProgrammeId", "Slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Programmes_MunicipalityId",
                table: "Programmes",
                column: "MunicipalityId");

            migrationBuilder.CreateIndex(
                name: "IX_Programmes_Slug",
                table: "Programmes",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rapporter_GrantId",
                table: "Rapporter",
                column: "GrantId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rapporter_PlanUnitId",
                table: "Rapporter",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_RapportVersions_RapportId_Number",
                table: "RapportVersions",
                columns: new[] { "RapportId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Roles_GrantorId",
                table: "Roles",
                column: "GrantorId");

            migrationBuilder.CreateIndex(
                name: "IX_Roles_PersonId",
                table: "Roles",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Roles_PlanUnitId",
                table: "Roles",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_Roles_ProgrammeId",
                table: "Roles",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_RoundAnswers_PersonId",
                table: "RoundAnswers",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_RoundAnswers_RoundId_Number",
                table: "RoundAnswers",
                columns: new[] { "RoundId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RoundAnswers_RoundId_PersonId_FormKey",
                table: "RoundAnswers",
                columns: new[] { "RoundId", "PersonId", "FormKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_BodyId",
                table: "Rounds",
                column: "BodyId");

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_ClosedAt",
                table: "Rounds",
                column: "ClosedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_DocumentKind_DocumentId_Version",
                table: "Rounds",
                columns: new[] { "DocumentKind", "DocumentId", "Version" });

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_FirstId",
                table: "Rounds",
                column: "FirstId");

            migrationBuilder.CreateIndex(
                name: "IX_RoundSeats_PersonId",
                table: "RoundSeats",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_ClosedAt_DueAt",
                table: "Runs",
                columns: new[] { "ClosedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Runs_ClosedAt_WaitsFor",
                table: "Runs",
                columns: new[] { "ClosedAt", "WaitsFor" });

            migrationBuilder.CreateIndex(
                name: "IX_Runs_DocumentId_Flow",
                table: "Runs",
                columns: new[] { "DocumentId", "Flow" });

            migrationBuilder.CreateIndex(
                name: "IX_Runs_PlanUnitId",
                table: "Runs",
                column: "PlanUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_ProgrammeId_Year",
                table: "Runs",
                columns: new[] { "ProgrammeId", "Year" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_BodyId_Number",
                table: "Seats",
                columns: new[] { "BodyId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Seats_PersonId",
                table: "Seats",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Seats_StandsInFor",
                table: "Seats",
                column: "StandsInFor");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_PersonId",
                table: "Sessions",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_SignInTickets_PersonId",
                table: "SignInTickets",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_GrantId_Number",
                table: "Submissions",
                columns: new[] { "GrantId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_PlanId",
                table: "Submissions",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_Tilskuddsbrev_GrantId",
                table: "Tilskuddsbrev",
                column: "GrantId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tiltak_TiltakId",
                table: "Tiltak",
                column: "TiltakId");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_At",
                table: "Trail",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_Object",
                table: "Trail",
                column: "Object");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Actor_LeftAt",
                table: "Visits",
                columns: new[] { "Actor", "LeftAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_DeadlineId",
                table: "Visits",
                column: "DeadlineId");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_RoundId",
                table: "Visits",
                column: "RoundId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "BudgetLines");

            migrationBuilder.DropTable(
                name: "Criteria");

            migrationBuilder.DropTable(
                name: "DeadlineOverrides");

            migrationBuilder.DropTable(
                name: "DeadlineRungs");

            migrationBuilder.DropTable(
                name: "Decisions");

            migrationBuilder.DropTable(
                name: "Definitions");

            migrationBuilder.DropTable(
                name: "Evaluations");

            migrationBuilder.DropTable(
                name: "FeedKeys");

            migrationBuilder.DropTable(
                name: "FreshCodes");

            migrationBuilder.DropTable(
                name: "FundingAmounts");

            migrationBuilder.DropTable(
                name: "HandlingsplanVersions");

            migrationBuilder.DropTable(
                name: "LetterLines");

            migrationBuilder.DropTable(
                name: "LetterPayments");

            migrationBuilder.DropTable(
                name: "LimitsOverrides");

            migrationBuilder.DropTable(
                name: "LinkTokens");

            migrationBuilder.DropTable(
                name: "NoticeNews");

            migrationBuilder.DropTable(
                name: "OfficeClosedDays");

            migrationBuilder.DropTable(
                name: "PaymentArrivals");

            migrationBuilder.DropTable(
                name: "PlanChanges");

            migrationBuilder.DropTable(
                name: "RapportVersions");

            migrationBuilder.DropTable(
                name: "Roles");

            migrationBuilder.DropTable(
                name: "RoundAnswers");

            migrationBuilder.DropTable(
                name: "RoundSeats");

            migrationBuilder.DropTable(
                name: "Seats");

            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "SignInTickets");

            migrationBuilder.DropTable(
                name: "SignInWishes");

            migrationBuilder.DropTable(
                name: "StepOverrides");

            migrationBuilder.DropTable(
                name: "Submissions");

            migrationBuilder.DropTable(
                name: "TiltakResults");

            migrationBuilder.DropTable(
                name: "Trail");

            migrationBuilder.DropTable(
                name: "Visits");

            migrationBuilder.DropTable(
                name: "Tiltak");

            migrationBuilder.DropTable(
                name: "Deadlines");

            migrationBuilder.DropTable(
                name: "Tilskuddsbrev");

            migrationBuilder.DropTable(
                name: "Links");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "Rounds");

            migrationBuilder.DropTable(
                name: "Rapporter");

            migrationBuilder.DropTable(
                name: "Runs");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "Bodies");

            migrationBuilder.DropTable(
                name: "Grants");

            migrationBuilder.DropTable(
                name: "FundingSources");

            migrationBuilder.DropTable(
                name: "Handlingsplaner");

            migrationBuilder.DropTable(
                name: "Grantors");

            migrationBuilder.DropTable(
                name: "PlanUnits");

            migrationBuilder.DropTable(
                name: "Programmes");

            migrationBuilder.DropTable(
                name: "Municipalities");
        }
    }
}
