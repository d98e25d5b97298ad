fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let gazetteer = chutoa::gazetteer::Gazetteer::embedded();
    let (documents, _) = chutoa::document::read(&paths).unwrap();
    for d in &documents {
        if std::env::var_os("TRACE").is_some() { eprintln!("{}", chutoa::fact::trace(d, gazetteer)); }
        for f in chutoa::fact::extract(d, gazetteer).facts {
            println!("{}\t{}\t{}\t{}\t{}\t{}\t{}", d.id.path(), f.subject, f.relation, f.object, f.evidence.confidence, f.evidence.rule, f.evidence.sentence);
        }
    }
}
