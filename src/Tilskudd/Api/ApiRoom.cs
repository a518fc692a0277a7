using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Api;

/// <summary>The year as JSON, to be read by other programs with a key. The document at <c>/openapi/v1.json</c> is the contract.</summary>
internal static class ApiRoom
{
    public const string Path = "/api/v1";

    private const int Usual = 50;
    private const int Most = 200;

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiAccess>();

        // A parameter that cannot be read comes to the guard of the API, which says which it is.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

        // A number is a number: the contract offers no other way to write one.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = described => described.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Tilskudd", Version = "v1", Description = "Reads the grant year: programmes, plans, runs, deadlines and the trail. A key reads what its owner sees." };

                // The contract is the same wherever it is read.
                document.Servers?.Clear();
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key made under Administrasjon." };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/v1.json");
        var api = app.MapGroup(Path).AddEndpointFilterFactory(ApiQuery.Guard).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
        api.MapGet("/programmes", (int? limit, string? after, string? programme, HttpContext context, ApiAccess access) => access.Answer(context, reader => Programmes(reader, limit, after, programme, context.RequestAborted))).Produces<ApiPage<ApiProgramme>>();
        api.MapGet("/plans", (int? limit, string? after, string? programme, int? year, HttpContext context, ApiAccess access) => access.Answer(context, reader => Plans(reader, limit, after, programme, year, context.RequestAborted))).Produces<ApiPage<ApiPlan>>();
        api.MapGet("/runs", (int? limit, string? after, string? programme, int? year, HttpContext context, ApiAccess access) => access.Answer(context, reader => Runs(reader, limit, after, programme, year, context.RequestAborted))).Produces<ApiPage<ApiRun>>();
        api.MapGet("/deadlines", (int? limit, string? after, string? programme, int? year, HttpContext context, ApiAccess access) => access.Answer(context, reader => Deadlines(reader, limit, after, programme, year, context.RequestAborted))).Produces<ApiPage<ApiDeadline>>();
        api.MapGet("/trail", (int? limit, string? after, string? programme, HttpContext context, ApiAccess access) => access.Answer(context, reader => Trail(reader, limit, after, programme, context.RequestAborted))).Produces<ApiPage<ApiTrailEntry>>();
    }

    private static async Task<IResult> Programmes(ApiReader reader, int? limit, string? after, string? programme, CancellationToken ct)
    {
        var seen = Programmes(reader, programme);
        var from = after ?? "";

#pragma warning disable CA1309 // Translated: it is the database that compares, as it is the database that puts in order.
        return await Part(
            reader.Db.Programmes.Where(known => seen.Contains(known.Id) && string.Compare(known.Slug, from) > 0).OrderBy(known => known.Slug)
                .Join(reader.Db.Municipalities, known => known.MunicipalityId, one => one.Id, (known, one) => new ApiProgramme(known.Id.Value, known.Slug, known.Name, one.Name, known.FromYear, known.ToYear)),
            limit, row => row.Slug, ct);
#pragma warning restore CA1309
    }

    private static async Task<IResult> Plans(ApiReader reader, int? limit, string? after, string? programme, int? year, CancellationToken ct)
    {
        if (Asked(reader, after, programme, year, out var wrong) is not { } asked)
        {
            return wrong;
        }

        var (seen, from) = (asked.Programmes, new HandlingsplanId(asked.After));
        var plans = reader.Db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => plan.Id > from);
        if (asked.Year is { } only)
        {
            plans = plans.Where(plan => plan.Year == only);
        }

        return await Part(
            plans.OrderBy(plan => plan.Id)
                .Join(reader.Db.PlanUnits.Where(unit => seen.Contains(unit.ProgrammeId)), plan => plan.PlanUnitId, unit => unit.Id, (plan, unit) => new { plan.Id, unit.ProgrammeId, unit.Slug, plan.Year, plan.Revision, plan.ApprovedVersion })
                .OrderBy(row => row.Id),
            limit, row => row.Id.ToString(), row => new ApiPlan(row.Id.Value, reader.Programmes[row.ProgrammeId], row.Slug, row.Year.Number, row.Revision, row.ApprovedVersion), ct);
    }

    private static async Task<IResult> Runs(ApiReader reader, int? limit, string? after, string? programme, int? year, CancellationToken ct)
    {
        if (Asked(reader, after, programme, year, out var wrong) is not { } asked)
        {
            return wrong;
        }

        var from = new RunId(asked.After);
        return await Part(
            Runs(reader, asked).Where(run => run.Id > from).OrderBy(run => run.Id)
                .Join(reader.Db.PlanUnits, run => run.PlanUnitId, unit => unit.Id, (run, unit) => new
                {
                    run.Id, run.ProgrammeId, unit.Slug, run.Year, run.Flow, run.DefinitionVersion, run.DocumentKind, run.DocumentId, run.StepId, run.Phase, run.WaitsFor, run.StartedAt, run.DueAt, run.ClosedAt, run.ClosedAs,
                }).OrderBy(row => row.Id),
            limit, row => row.Id.ToString(), row => new ApiRun(
                row.Id.Value, reader.Programmes[row.ProgrammeId], row.Slug, row.Year.Number, row.Flow, row.DefinitionVersion, row.DocumentKind.ToString(), row.DocumentId, row.StepId, row.Phase, row.WaitsFor,
                row.StartedAt, row.DueAt, row.ClosedAt, row.ClosedAs), ct);
    }

    private static async Task<IResult> Deadlines(ApiReader reader, int? limit, string? after, string? programme, int? year, CancellationToken ct)
    {
        if (Asked(reader, after, programme, year, out var wrong) is not { } asked)
        {
            return wrong;
        }

        var from = new DeadlineId(asked.After);
        return await Part(
            reader.Db.Deadlines.IgnoreAutoIncludes().Where(deadline => deadline.Id > from).OrderBy(deadline => deadline.Id)
                .Join(Visits(reader, asked), deadline => (DeadlineId?)deadline.Id, visit => visit.DeadlineId, (deadline, visit) => new
                {
                    deadline.Id, Run = visit.Id, visit.Programme, visit.Year, deadline.Key, deadline.Revision, deadline.On, deadline.Time, deadline.EffectiveOn, deadline.DueAt, deadline.MetAt, deadline.SupersededAt,
                }).OrderBy(row => row.Id),
            limit, row => row.Id.ToString(), row => new ApiDeadline(
                row.Id.Value, row.Run.Value, row.Programme, row.Year.Number, row.Key, row.Revision, row.On.ToDateOnly(), row.Time?.ToTimeOnly(), row.EffectiveOn.ToDateOnly(), row.DueAt, row.MetAt,
                row.MetAt is null ? row.SupersededAt : null), ct);
    }

    private static async Task<IResult> Trail(ApiReader reader, int? limit, string? after, string? programme, CancellationToken ct)
    {
        if (!reader.ReadsTrail)
        {
            return new Refused(StatusCodes.Status403Forbidden, Texts.Of<ApiWords>("NoTrail"));
        }

        if (!long.TryParse(after ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            return Wrong("After");
        }

        var entries = TrailScope.Of(reader.Db.Trail, reader.SeesAll && programme is null, programme is null ? [.. reader.Programmes.Values] : [programme]).Where(entry => entry.Seq > from).OrderBy(entry => entry.Seq);
        return await Part(entries, limit, entry => entry.Seq.ToString(CultureInfo.InvariantCulture), entry => new ApiTrailEntry(
            entry.Seq, TrailEntry.Write(entry.At), entry.Actor, entry.Event, entry.Object, entry.Version, JsonSerializer.Deserialize<JsonElement>(entry.Data), entry.Prev, entry.Hash), ct);
    }

    private static IQueryable<Run> Runs(ApiReader reader, AskedFor asked)
    {
        var seen = asked.Programmes;
        return Of(asked, reader.Db.Set<Run>().IgnoreAutoIncludes().Where(run => seen.Contains(run.ProgrammeId)));
    }

    private static IQueryable<Run> Of(AskedFor asked, IQueryable<Run> runs) => asked.Year is { } only ? runs.Where(run => run.Year == only) : runs;

    // Of what waits for a grantor, only where it waits.
    private static IQueryable<VisitAsked> Visits(ApiReader reader, AskedFor asked)
    {
        var (seen, own) = (asked.Programmes, asked.IsNarrowed ? [] : reader.AtGrantor);
        return Of(asked, reader.Db.Set<Run>().IgnoreAutoIncludes().Where(run => seen.Contains(run.ProgrammeId) || own.Contains(run.Id)))
            .SelectMany(run => run.Visits, (run, visit) => new { run, visit }).Where(one => seen.Contains(one.run.ProgrammeId) || one.visit.Number == one.run.VisitNumber)
            .Join(reader.Db.Programmes, one => one.run.ProgrammeId, programme => programme.Id, (one, programme) => new VisitAsked { Id = one.run.Id, Programme = programme.Slug, Year = one.run.Year, DeadlineId = one.visit.DeadlineId });
    }

    private static Task<IResult> Part<T>(IQueryable<T> rows, int? limit, Func<T, string> cursor, CancellationToken ct) => Part(rows, limit, cursor, row => row, ct);

    private static async Task<IResult> Part<TRow, T>(IQueryable<TRow> rows, int? limit, Func<TRow, string> cursor, Func<TRow, T> shown, CancellationToken ct)
    {
        if (limit is < 1 or > Most)
        {
            return Wrong("Limit", Most);
        }

        var most = limit ?? Usual;
        var found = await rows.Take(most + 1).ToListAsync(ct);
        var page = found.Take(most).ToList();
        return TypedResults.Ok(new ApiPage<T>([.. page.Select(shown)], found.Count > most ? cursor(page[^1]) : null));
    }

    private static AskedFor? Asked(ApiReader reader, string? after, string? programme, int? year, out Refused wrong)
    {
        wrong = Wrong("After");
        var from = Guid.Empty;
        if (after is not null && !Guid.TryParse(after, out from))
        {
            return null;
        }

        wrong = Wrong("Year", GrantYear.Earliest, GrantYear.Latest);
        return year is { } number && !GrantYear.TryFrom(number, out _) ? null : new AskedFor(Programmes(reader, programme), from, year is { } of ? new GrantYear(of) : null, programme is not null);
    }

    // A programme the owner does not see has been answered before.
    private static List<ProgrammeId> Programmes(ApiReader reader, string? programme) => [.. reader.Programmes.Where(known => programme is null || known.Value == programme).Select(known => known.Key)];

    private static Refused Wrong(string key, params object[] arguments) => new(StatusCodes.Status400BadRequest, Texts.Of<ApiWords>(key, arguments));

    private sealed record AskedFor(IReadOnlyList<ProgrammeId> Programmes, Guid After, GrantYear? Year, bool IsNarrowed);

    private sealed class VisitAsked
    {
        public required RunId Id { get; init; }

        public required string Programme { get; init; }

        public required GrantYear Year { get; init; }

        public required DeadlineId? DeadlineId { get; init; }
    }
}
