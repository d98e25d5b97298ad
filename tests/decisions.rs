//! Decisions: what a row may say, what each mistake is told, and that the command applies and undoes them.

use std::fs;
use std::process::Command;

use chutoa::decision::{COLUMNS, Decisions};

fn rows(rows: &[&str]) -> Result<Decisions, String> {
    let mut text = format!("# decisions\n{}\n", COLUMNS.join("\t"));
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    Decisions::parse("decisions.tsv", &text).map_err(|e| e.to_string())
}

#[test]
fn mistakes_are_named_with_file_line_and_remedy() {
    #[rustfmt::skip]
    let cases: &[(&[&str], &str)] = &[
        (&["join|person:a||person:b|||N|"],             "decisions.tsv:3: `join` is no decision; decisions are `same`"),
        (&["same|person:a||person:b||||"],              "decisions.tsv:3: `author` is empty; write who decided"),
        (&["same|Ngô Danh||person:b|||N|"],             "a person of this name is written `person:ngo-danh`"),
        (&["same|person:a||person:A|||N|"],             "`person:A` is no identifier"),
        (&["same|person:a||person:a|||N|"],             "person:a stands on both sides"),
        (&["same|person:a||event:b|||N|"],              "a person is no event"),
        (&["same|province:a||province:b|||N|"],         "a province cannot be joined or parted"),
        (&["same|person:a|holds|person:b|||N|"],        "`relation` says nothing beside `same`; empty `relation`"),
        (&["same|person:a||person:b||x|N|"],            "`report` says nothing beside `same`"),
        (&["same|person:a|||||N|"],                     "`object` is empty"),
        (&["not-a-person|event:a|||||N|"],              "event:a is no person anyway"),
        (&["correct|person:a|sang|post:b|||N|"],        "`sang` is no relation"),
        (&["correct|person:a|holds|event:b|||N|"],      "it leads from a person to a post"),
        (&["correct|post:a|post_of|org:b|||N|"],        "change the row of the gazetteer"),
        (&["correct|person:a|holds|post:b|post:c||N|"], "`post:c` is no fact; write SUBJECT relation OBJECT"),
        (&["correct|person:a|holds|post:b|person:a holds post:b||N|"], "corrected to itself"),
        (&["same|person:a||person:b|||N||more"],        "9 cells instead of 8; separate cells with one tab"),
        (&["same|person:a||person:b|||N|", "", "same|person:c||person:b|||N|"],
            "decisions.tsv:5: person:b goes by another identifier since line 3; delete one of the two, or say it of person:a"),
        (&["same|person:a||person:b|||N|", "same|person:b||person:a|||N|"], "decisions.tsv:4: person:b goes by person:a already"),
        (&["same|person:a||person:b|||N|", "same|person:b||person:c|||N|", "same|person:c||person:a|||N|"],
            "decisions.tsv:5: person:c goes by person:a already"),
        (&["different|person:a||person:b|||N|", "same|person:a||person:b|||N|"],
            "decisions.tsv:3: person:a and person:b are the same by another row"),
        (&["not-a-person|person:a|||||N|", "not-a-person|person:a|||||M|"], "decisions.tsv:4: it says what line 3"),
        (&["correct|person:a|holds|post:b|||N|", "correct|person:a|holds|post:b|person:a held post:b|x|N|"],
            "decisions.tsv:4: line 3 of decisions.tsv corrects the same fact otherwise"),
    ];
    for (given, message) in cases {
        let error = rows(given).expect_err(message);
        assert!(error.contains(message), "{given:?}: {error}");
        assert!(error.contains("; "), "a remedy: {error}");
    }
}

#[test]
fn headers_may_stand_in_any_order_and_must_be_whole() {
    let text = "note\tauthor\treport\tinstead\tobject\trelation\tsubject\tdecision\r\nwhy\tN\t\t\tperson:b\t\tperson:a\tsame\r\n";
    assert_eq!(Decisions::parse("d", text).unwrap().len(), 1);
    assert_eq!(Decisions::parse("d", "").unwrap().len(), 0);
    let error = Decisions::parse("d", "decision\tsubject\n").unwrap_err().to_string();
    assert!(error.contains("d:1: the header has not one column `relation`; write decision TAB subject"), "{error}");
    // Cells left out at the end are empty ones.
    let short =
        "decision\tsubject\trelation\tobject\tinstead\treport\tauthor\tnote\nnot-a-person\tperson:a\t\t\t\t\tN\n";
    assert_eq!(Decisions::parse("d", short).unwrap().len(), 1);
}

#[test]
fn the_command_applies_them_and_deleting_the_row_undoes_it() {
    let dir = tempfile::tempdir().unwrap();
    let reports = dir.path().join("reports");
    fs::create_dir(&reports).unwrap();
    let text = "Đồng chí Ngô Thành Đan, Bí thư Tỉnh ủy Đắk Nông, chủ trì Hội nghị lần thứ 20 Ban Chấp hành Đảng bộ tỉnh Đắk Nông.\n";
    fs::write(reports.join("a.txt"), text).unwrap();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_chutoa")).current_dir(dir.path()).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let facts = |name: &str| fs::read_to_string(dir.path().join("chutoa-out").join(name)).unwrap();
    run(&["build", "reports"]);
    let plain = (facts("facts.tsv"), facts("entities.tsv"));

    let header = COLUMNS.join("\t");
    let row = "same\tperson:ngo-thanh-danh\t\tperson:ngo-thanh-dan\t\t\tN. N.\ta misprint";
    fs::write(reports.join("decisions.tsv"), format!("{header}\n{row}\n")).unwrap();
    let (code, out, _) = run(&["build", "reports"]);
    assert!(code == 0 && out.contains("Applied 1 decision\n"), "{out}");
    let (_, shown, _) = run(&["show", "person:ngo-thanh-danh"]);
    assert!(
        shown.contains("person:ngo-thanh-dan is the same as person:ngo-thanh-danh (N. N.: a misprint; "),
        "{shown}"
    );
    let (_, explained, _) = run(&["explain", "person:ngo-thanh-danh", "chaired", "--format", "json"]);
    assert!(explained.contains("\"reasons\":[\"person:ngo-thanh-dan is the same as"), "{explained}");
    let (_, there, _) = run(&["show", "person:ngo-thanh-danh", "--from", "reports"]);
    assert_eq!(shown, there);

    // Beside the output is as good as beside the reports.
    fs::rename(reports.join("decisions.tsv"), dir.path().join("chutoa-out/decisions.tsv")).unwrap();
    assert!(run(&["build", "reports"]).1.contains("Applied 1 decision\n"));
    fs::write(dir.path().join("chutoa-out/decisions.tsv"), format!("{header}\n{}\n", row.replace("-dan\t", "-dam\t")))
        .unwrap();
    let (code, out, err) = run(&["build", "reports"]);
    assert!(code == 0 && out.contains("Applied 0 decisions, 1 changed nothing"), "{out}");
    assert!(
        err.contains("decisions.tsv:2: no report speaks of person:ngo-thanh-dam; the nearest is person:ngo-thanh-dan"),
        "{err}"
    );

    // A file of its own as well: each row that names nobody is told with its line, and the others count.
    let rows = ["same\tperson:nobody-at-all\t\tperson:nor-anybody-else\t\t\tN. N.\t", row];
    fs::write(dir.path().join("own.tsv"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    let (code, out, err) = run(&["build", "reports", "--decisions", "own.tsv"]);
    assert!(code == 0 && out.contains("Applied 1 decision, 1 changed nothing"), "{out}");
    let told = "own.tsv:2: no report speaks of person:nor-anybody-else; correct the row or delete it";
    assert!(err.contains(told) && !err.contains("own.tsv:3"), "{err}");

    fs::write(dir.path().join("chutoa-out/decisions.tsv"), format!("{header}\n")).unwrap();
    run(&["build", "reports"]);
    assert_eq!((facts("facts.tsv"), facts("entities.tsv")), plain);

    let (code, _, err) = run(&["build", "reports", "--decisions", "nowhere.tsv"]);
    assert!(code == 2 && err.contains("nowhere.tsv"), "{err}");
    fs::write(dir.path().join("broken.tsv"), format!("{header}\nsame\tperson:a\n")).unwrap();
    let (code, _, err) = run(&["build", "reports", "--decisions", "broken.tsv"]);
    assert!(code == 2 && err.contains("broken.tsv:2: `object` is empty"), "{err}");
}
