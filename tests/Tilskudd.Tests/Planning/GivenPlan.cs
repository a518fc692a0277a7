using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Tests.Layout;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Planning;

/// <summary>
/// The real application with one programme, its people and the year 2025 opened: the plan waits for its frame. KDD has 11,5 millions
/// proposed, AID nothing yet.
/// </summary>
internal sealed class GivenPlan : GivenSite
{
    public static readonly GrantYear Year = new(2025);

    private GivenPlan(RunningSite site) : base(site)
    {
    }

    public ProgrammeId Programme { get; private set; }

    public PlanUnitId Unit { get; private set; }

    public HandlingsplanId Plan { get; private set; }

    public PersonId Amina { get; private set; }

    public PersonId Ingrid { get; private set; }

    public PersonId Jonas { get; private set; }

    public PersonId Stranger { get; private set; }

    public FundingSourceId Kdd { get; private set; }

    public string Path => $"/plan/{Plan}";

    /// <param name="opens">Whether the year is opened, so that the plan waits for its frame.</param>
    public static async Task<GivenPlan> Start(bool opens = true)
    {
        var given = new GivenPlan(await RunningSite.Start());
        await given.Fill();
        if (opens)
        {
            await given.Open();
        }

        return given;
    }

    /// <summary>The cookie of a session, for a browser of another kind.</summary>
    public async Task<(string Name, string Value)> Cookie(PersonId person) => (await SignIn(person)).Session;

    /// <summary>Opens the year.</summary>
    public async Task Open()
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            await flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, Programme, Unit, Year), Actor.Of(Ingrid));
            return null;
        }));
        await using var db = Database.Read();
        Plan = await db.Handlingsplaner.Where(plan => plan.PlanUnitId == Unit && plan.Year == Year).Select(plan => plan.Id).SingleAsync();
    }

    /// <summary>The programme leader sets the frame, so that the coordinator can write.</summary>
    public async Task SetFrame(string kdd = "11 500 000", string aid = "1 100 000")
    {
        using var ingrid = await SignIn(Ingrid);
        var page = await ingrid.Get(Path + "/ramme");
        var answer = await ingrid.Post(page, "form.form", ("belop-1", kdd), ("grunnlag-1", "Prop. 1 S"), ("belop-2", aid), ("grunnlag-2", "Prop. 1 S"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
    }

    /// <summary>Everything the plan must have: its texts and one tiltak of a million from KDD.</summary>
    public async Task WriteAll()
    {
        await Database.Write(w =>
        {
            var plan = w.Db.Handlingsplaner.Single(plan => plan.Id == Plan);
            foreach (var section in Enum.GetValues<PlanSection>())
            {
                plan.WriteSection(section, $"Tekst om {section}", plan.Revision, Amina, w.Now);
            }

            var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Amina, w.Now);
            var text = new TiltakText(
                "Leksehjelp", "Oppvekst", "", "Leksehjelp to dager i uka", "60 barn", "Skole", TiltakStatus.Running, TiltakChange.New, ["DRM-1"],
                new Dictionary<FundingSourceId, Money> { [Kdd] = Money.FromKroner(1_000_000) }, "40 barn i 2024", false);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, Amina, w.Now));
        });
    }

    /// <summary>The coordinator sends a plan that is ready.</summary>
    public async Task Send()
    {
        using var amina = await SignIn(Amina);
        var answer = await amina.Post(await amina.Get(Path), "form[action$='/send']");
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
    }

    /// <summary>The waiting step is answered by the body, past the pages.</summary>
    public async Task Move(string outcome, string reason)
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == Plan.Value);
            return await flow.Answer(w, run, run.VisitNumber, outcome, Actor.Of(Jonas), reason);
        }));
    }

    public async Task<Handlingsplan> Stored()
    {
        await using var db = Database.Read();
        return await db.Handlingsplaner.SingleAsync(plan => plan.Id == Plan);
    }

    public async Task<Run> Run()
    {
        await using var db = Database.Read();
        return await db.Set<Run>().SingleAsync(run => run.DocumentId == Plan.Value);
    }

    private async Task Fill() => await Database.Write(w =>
    {
        var from = new LocalDate(2024, 1, 1);
        var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), "Drammen", "nb");
        var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, "drammen", "Strømsø 2030", 2020, 2025, "Et godt sted å vokse opp");
        var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, "stromso", "Strømsø 2030", PlanUnitKind.Programme, null);
        var (kdd, aid) = (new Grantor(w.Ids.Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet"), new Grantor(w.Ids.Next<GrantorId>(), "AID", "Arbeids- og inkluderingsdepartementet"));
        var source = new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, Year, 1, kdd.Id, "KDD", 590, 65, "kap. 590 post 65", "");
        source.Record(AmountState.Proposed, null, Money.FromKroner(11_500_000), w.Now, "Statsbudsjettet");
        (Programme, Unit, Kdd) = (programme.Id, unit.Id, source.Id);
        w.Db.AddRange(municipality, programme, unit, kdd, aid, source);
        w.Db.Add(new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, Year, 2, aid.Id, "AID", 291, 62, "kap. 291 post 62", "Bare tiltak som støtter integreringsstrategien."));
        w.Db.Add(new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, Year, 3, null, "Egen", null, null, "", ""));
        w.Db.Add(new Criterion("DRM-1", programme.Id, 1, "Inkludering og trygge oppvekstmiljøer", ["K1"]));
        w.Db.Add(new Criterion("DRM-2", programme.Id, 2, "Frivillighet i utsatte lokalområder", ["K2"]));
        Amina = Person(w, Programme, "Amina Yusuf", "amina@drammen.example", Role.Coordinator);
        Ingrid = Person(w, Programme, "Ingrid Solli", "ingrid@drammen.example", Role.ProgrammeLeader);
        Jonas = Person(w, Programme, "Jonas Berg", "jonas@drammen.example", null);
        Stranger = Person(w, Programme, "Per Ukjent", "per@oslo.example", null);
        var body = new Body(
            w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat,
            new Mandate(1, 2, Majority.Simple, TieRule.Leader, false, WrittenRule.Majority), Mode.Written, true, "Mandat av 1. januar 2024");
        body.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Jonas, null, "A", null, from, null);
        w.Db.Add(body);
    });
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string? Location, IHtmlDocument Page)
{
    public string Text => Page.Body!.TextContent;

    /// <summary>The first element, which must be there.</summary>
    public IElement Find(string selector) => Page.QuerySelector(selector) ?? throw new InvalidOperationException($"No {selector} on the page '{Page.Title}': {Text}");

    public string Field(string name) => Find($"[name='{name}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value ?? "",
        var other => throw new InvalidOperationException($"{name} is a {other.TagName}."),
    };
}

/// <summary>A browser without scripts: it keeps cookies, and posts forms as they stand but for what is typed.</summary>
internal sealed class Browsing : IDisposable
{
    private readonly HttpClient _client;
    private readonly HtmlParser _parser = new();

    /// <param name="key">Sent with every request, as other programs do.</param>
    public Browsing(Uri address, (string Name, string Value) session, string? key = null)
    {
        var cookies = new CookieContainer();
        cookies.Add(address, new Cookie(session.Name, session.Value));
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };
        if (key is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        Session = session;
    }

    public (string Name, string Value) Session { get; }

    /// <summary>A form's token is the browser's own, so another's form cannot be posted as it is.</summary>
    public async Task<(string Name, string Value)> Token() => ("__RequestVerificationToken", (await Get("/logg-inn")).Field("__RequestVerificationToken"));

    public async Task<Answer> Get(string path) => await Read(await _client.GetAsync(path, TestContext.Current.CancellationToken), path);

    /// <summary>Posts a form of the page by its first button that has a name, or by the one typed.</summary>
    public Task<Answer> Post(Answer page, string form, params (string Name, string Value)[] typed) => Post(page, form, null, typed);

    public async Task<Answer> Post(Answer page, string form, string? button, params (string Name, string Value)[] typed)
    {
        var element = (IHtmlFormElement)page.Find(form);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var field in element.Elements.Where(field => field.GetAttribute("name") is { Length: > 0 } name && typed.All(other => other.Name != name)))
        {
            var value = field switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => null,
                IHtmlInputElement input => input.Value,
                _ => null,
            };
            if (value is not null)
            {
                fields.Add(new(field.GetAttribute("name")!, value));
            }
        }

        var buttons = element.QuerySelectorAll<IHtmlButtonElement>("button[name]");
        if ((button is null ? buttons.FirstOrDefault() : buttons.Single(one => one.Value == button)) is { } pressed)
        {
            fields.Add(new(pressed.Name!, pressed.Value));
        }

        fields.AddRange(typed.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        var action = element.GetAttribute("action") is { Length: > 0 } to ? to : page.Page.DocumentElement.GetAttribute("data-path")!;
        using var content = new FormUrlEncodedContent(fields);
        return await Read(await _client.PostAsync(action, content, TestContext.Current.CancellationToken), action);
    }

    /// <summary>Posts a page's form with a file in one of its fields.</summary>
    /// <param name="to">Where, when not to the page itself.</param>
    public async Task<Answer> Upload(string path, string field, byte[] file, string name = "fil.csv", string? to = null)
    {
        var token = (IHtmlInputElement)(await Get(path)).Find("main input[name='__RequestVerificationToken']");
        using var content = new MultipartFormDataContent { { new StringContent(token.Value!), token.Name! }, { new ByteArrayContent(file), field, name } };
        return await Read(await _client.PostAsync(to ?? path, content, TestContext.Current.CancellationToken), path);
    }

    /// <summary>Posts the token of a page's form and what is typed, to a path the page does not offer.</summary>
    public async Task<Answer> PostTo(Answer page, string path, params (string Name, string Value)[] typed)
    {
        var token = (IHtmlInputElement)page.Find("input[name='__RequestVerificationToken']");
        using var content = new FormUrlEncodedContent([new(token.Name!, token.Value!), .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await Read(await _client.PostAsync(path, content, TestContext.Current.CancellationToken), path);
    }

    /// <summary>A file as the browser gets it, with the headers that say what to do with it.</summary>
    public async Task<(HttpStatusCode Status, byte[] Bytes, System.Net.Http.Headers.HttpContentHeaders Headers, string Policy)> Download(string path)
    {
        using var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Content.Headers,
            answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? string.Join(';', policy) : "");
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> Read(HttpResponseMessage message, string path)
    {
        using (message)
        {
            var document = _parser.ParseDocument(await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            document.DocumentElement.SetAttribute("data-path", path.Split('?')[0]);
            return new Answer(message.StatusCode, message.Headers.Location?.OriginalString, document);
        }
    }
}
