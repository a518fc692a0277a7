using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Administration;

/// <summary>What the year stands on, kept on pages: by administrators all of it, by a programme leader what belongs to the programme.</summary>
internal static class AdminRoom
{
    /// <summary>Characters in a name.</summary>
    public const int LongestName = 120;

    public const int LongestText = 2_000;

    /// <summary>How many times the thing had been written when its form was shown.</summary>
    public const string VersionField = "utgave";

    public const string Path = "/admin";

    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<Register, Municipalities>();
        services.AddSingleton<Register, People>();
        services.AddSingleton<Register, Roles>();
        services.AddSingleton<Register, Grantors>();
        services.AddSingleton<Register, Programmes>();
        services.AddSingleton<Register, PlanUnits>();
        services.AddSingleton<Register, Bodies>();
        services.AddSingleton<Register, Seats>();
        services.AddSingleton<Register, Sources>();
        services.AddSingleton<Register, ProgrammeCriteria>();
        services.AddSingleton<Register, OwnLimits>();
        services.AddSingleton<Register, ClosedDays>();
        services.AddSingleton<Register, FlowList>();
        services.AddSingleton<Register, ApiKeys>();
        services.AddSingleton<Register, FailedMails>();
        services.AddSingleton<Registers>();
        services.AddSingleton<PeopleImport>();
    }

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        PeopleImport.Map(app);
        var admin = app.MapGroup(Path).RequireSignIn();
        admin.MapGet("", (Registers registers, HttpContext context) => registers.Front(context));
        admin.MapGet("/{register}", (string register, Registers registers, HttpContext context) => registers.List(register, context));
        admin.MapGet("/{register}/ny", (string register, Registers registers, HttpContext context) => registers.Form(register, Act.Add, context));
        admin.MapPost("/{register}/ny", (string register, Registers registers, HttpContext context) => registers.Save(register, Act.Add, context));
        admin.MapGet("/{register}/{id:guid}", (string register, Registers registers, HttpContext context) => registers.Show(register, context));
        admin.MapGet("/{register}/{id:guid}/endre", (string register, Registers registers, HttpContext context) => registers.Form(register, Act.Change, context));
        admin.MapPost("/{register}/{id:guid}/endre", (string register, Registers registers, HttpContext context) => registers.Save(register, Act.Change, context));
        admin.MapGet("/{register}/{id:guid}/avslutt", (string register, Registers registers, HttpContext context) => registers.Form(register, Act.End, context));
        admin.MapPost("/{register}/{id:guid}/avslutt", (string register, Registers registers, HttpContext context) => registers.Save(register, Act.End, context));
        admin.MapGet("/{register}/{id:guid}/ta-bort", (string register, Registers registers, HttpContext context) => registers.Form(register, Act.Remove, context));
        admin.MapPost("/{register}/{id:guid}/ta-bort", (string register, Registers registers, HttpContext context) => registers.Save(register, Act.Remove, context));
    }
}

/// <summary>What a form of the administration does.</summary>
internal enum Act
{
    Add,
    Change,
    End,
    Remove,
}

/// <summary>Finds the register an address names, asks it for its page, and saves its forms through the door.</summary>
internal sealed class Registers(IEnumerable<Register> registers, IDbContextFactory<TilskuddDb> databases, Door door, TimeProvider clock)
{
    private readonly Dictionary<string, Register> _registers = registers.ToDictionary(register => register.Path, StringComparer.Ordinal);

    public async Task<IResult> Front(HttpContext context)
    {
        var me = context.SignedIn()!;
        if (!MayAdminister(me))
        {
            return Refused.Forbidden;
        }

        await using var db = await Open(context);
        return ListPage(context, await SetUp.Front(new Asked(db, me, context, clock.GetUtcNow())));
    }

    public Task<IResult> List(string register, HttpContext context) => Look(register, context, static (found, asked) => found.List(asked));

    public Task<IResult> Show(string register, HttpContext context) => Look(register, context, static (found, asked) => found.Show(asked));

    public async Task<IResult> Form(string register, Act act, HttpContext context)
    {
        if (!_registers.TryGetValue(register, out var found))
        {
            return Refused.NotFound;
        }

        await using var db = await Open(context);
        return await FormOf(found, act, new Asked(db, context.SignedIn()!, context, clock.GetUtcNow())) is { } row
            ? FormPage(row, Typed.Nothing, [], StatusCodes.Status200OK) : Refused.NotFound;
    }

    public async Task<IResult> Save(string register, Act act, HttpContext context)
    {
        if (!_registers.TryGetValue(register, out var found))
        {
            return Refused.NotFound;
        }

        var form = new TypedForm(context.Request.Form);
        FormRow? row = null;
        string? next = null;
        ListRow? shown = null;
        var refusal = await door.Write(async writing =>
        {
            var asked = new Asked(writing.Db, context.SignedIn()!, context, writing.Now);
            row = await FormOf(found, act, asked);
            if (row is null)
            {
                return new FlowRefusal.NotFound();
            }

            if (row.Version is { } version && form.Text(AdminRoom.VersionField) != version.ToString(CultureInfo.InvariantCulture))
            {
                return new FormRefusal.ChangedSince();
            }

            var saving = new Saving(asked, writing, form);
            var said = act switch
            {
                Act.Add => await found.Add(saving),
                Act.Change => await found.Change(saving),
                Act.End => await found.Finish(saving),
                Act.Remove => await found.Remove(saving),
            };
            (next, shown) = (saving.Next, saving.Shown);
            return said ?? (form.Faults.Count > 0 ? new AdminRefusal.Unreadable() : null);
        }, context.RequestAborted);
        return (refusal, row) switch
        {
            (_, null) => Refused.NotFound,
            (null, _) when shown is not null => ListPage(context, shown),
            (null, _) => new SeeOtherResult((next ?? row.Back) + "?lagret=1"),

            // What was typed is kept, over the version that holds now: whoever sees both decides.
            (FormRefusal or DoorRefusal, _) => FormPage(row, form.Typed, [RefusalText.Fault(refusal)], StatusCodes.Status409Conflict),
            (FlowRefusal.NotFound, _) => Refused.NotFound,
            _ => FormPage(row, form.Typed, [.. form.Faults, .. refusal is AdminRefusal.Unreadable ? [] : new[] { RefusalText.Fault(refusal) }], StatusCodes.Status422UnprocessableEntity),
        };
    }

    private async Task<IResult> Look(string register, HttpContext context, Func<Register, Asked, Task<ListRow?>> look)
    {
        if (!_registers.TryGetValue(register, out var found))
        {
            return Refused.NotFound;
        }

        await using var db = await Open(context);
        return await look(found, new Asked(db, context.SignedIn()!, context, clock.GetUtcNow())) is { } row ? ListPage(context, row) : Refused.NotFound;
    }

    public static bool MayAdminister(SignedIn me) => me.Has(Cycle.People.Role.Administrator) || me.Has(Cycle.People.Role.ProgrammeLeader);

    private static Task<FormRow?> FormOf(Register found, Act act, Asked asked) => act switch
    {
        Act.Add => found.New(asked),
        Act.Change => found.Edit(asked),
        Act.End => found.End(asked),
        Act.Remove => found.Removal(asked),
    };

    // Tracked, since the number of times a thing was written is a column it does not show.
    private async Task<TilskuddDb> Open(HttpContext context)
    {
        var db = await databases.CreateDbContextAsync(context.RequestAborted);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return db;
    }

    private static RazorComponentResult<AdminListPage> ListPage(HttpContext context, ListRow row) => new(new Dictionary<string, object?>
    {
        [nameof(AdminListPage.Row)] = row,
        [nameof(AdminListPage.IsSaved)] = context.Request.Query.ContainsKey("lagret"),
    });

    private static RazorComponentResult<AdminFormPage> FormPage(FormRow row, Typed typed, IReadOnlyList<FieldFault> faults, int status) => new(new Dictionary<string, object?>
    {
        [nameof(AdminFormPage.Row)] = row,
        [nameof(AdminFormPage.Typed)] = typed,
        [nameof(AdminFormPage.Faults)] = faults,
    })
    {
        StatusCode = status,
    };
}
